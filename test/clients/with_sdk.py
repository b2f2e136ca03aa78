"""A server's life and an image's, by openstacksdk; prints what was seen."""

import json
import time

import openstack

cloud = openstack.connect()
seen = {}

seen["flavors"] = [flavor.name for flavor in cloud.compute.flavors()]
seen["images"] = [image.name for image in cloud.image.images()]
seen["project"] = cloud.current_project.name

image = cloud.image.create_image(
    "mine", data=b"a disk", disk_format="raw", container_format="bare", wait=True
)
image = cloud.image.get_image(image.id)
seen["image"] = [image.name, image.status, image.size]
cloud.image.update_image(image, mood="good")
cloud.image.add_tag(image, "one")
image = cloud.image.find_image("mine")
seen["updated"] = [image.properties.get("mood"), list(image.tags)]
seen["downloaded"] = cloud.image.download_image(image).content.decode()

server = cloud.create_server(
    "web", image="mine", flavor="m1.tiny", wait=True, auto_ip=False, timeout=30
)
seen["server"] = [server.name, server.status]
seen["servers"] = [one.name for one in cloud.compute.servers()]
cloud.compute.stop_server(server.id)
server = cloud.compute.wait_for_server(
    cloud.compute.get_server(server.id), status="SHUTOFF", interval=0.2, wait=20
)
seen["stopped"] = server.status
cloud.compute.start_server(server.id)
server = cloud.compute.wait_for_server(server, interval=0.2, wait=20)
cloud.compute.reboot_server(server.id, "HARD")
time.sleep(0.1)
server = cloud.compute.wait_for_server(
    cloud.compute.get_server(server.id), interval=0.2, wait=20
)
seen["rebooted"] = server.status

snapshot = cloud.compute.create_server_image(server.id, "snap", wait=True, timeout=20)
seen["snapshot"] = cloud.image.get_image(snapshot.id).status

seen["deleted"] = cloud.delete_server("web", wait=True, timeout=20)
seen["left"] = [one.name for one in cloud.compute.servers()]
cloud.image.delete_image(snapshot.id)
cloud.image.delete_image(image.id)
seen["found"] = cloud.image.find_image("mine")
print(json.dumps(seen))
