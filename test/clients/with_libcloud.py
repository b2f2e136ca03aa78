"""A server's life by libcloud; prints what was seen."""

import json
import os
import time

from libcloud.compute.providers import get_driver
from libcloud.compute.types import Provider

driver = get_driver(Provider.OPENSTACK)(
    "demo",
    "demo",
    ex_force_auth_url=os.environ["LOGIN"],
    ex_force_auth_version=os.environ["VERSION"],
    ex_tenant_name="demo",
    ex_domain_name="Default",
    ex_tenant_domain_id="default",
    ex_force_service_region="RegionOne",
)
seen = {}

sizes = driver.list_sizes()
seen["sizes"] = [size.name for size in sizes]
images = driver.list_images()
seen["images"] = sorted(image.name for image in images)
cirros = next(image for image in images if image.name.startswith("cirros"))
seen["image"] = driver.get_image(cirros.id).name


def until(state):
    for _ in range(100):
        node = driver.ex_get_node_details(node_id)
        if (node and str(node.state)) == state:
            return str(node and node.state)
        time.sleep(0.1)
    return "late"


tiny = next(size for size in sizes if size.name == "m1.tiny")
node_id = driver.create_node(name="web", size=tiny, image=cirros).id
seen["created"] = until("running")
nodes = driver.list_nodes()
seen["nodes"] = [node.name for node in nodes]
seen["rebooted"] = driver.reboot_node(nodes[0])
seen["back"] = until("running")
seen["stopped"] = driver.ex_stop_node(nodes[0])
seen["off"] = until("stopped")
seen["destroyed"] = driver.destroy_node(nodes[0])
seen["gone"] = until(None)
print(json.dumps(seen))
