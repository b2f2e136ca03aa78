# A server's life by fog; prints what was seen.
require "fog/openstack"
require "json"

login = {
  openstack_auth_url: ENV.fetch("OS_AUTH_URL").delete_suffix("/v3"),
  openstack_username: "demo",
  openstack_api_key: "demo",
  openstack_project_name: "demo",
  openstack_domain_id: "default",
  openstack_region: "RegionOne"
}
compute = Fog::OpenStack::Compute.new(login)
image = Fog::OpenStack::Image.new(login)
seen = {}

seen[:flavors] = compute.flavors.map(&:name)
seen[:images] = image.images.map(&:name)
cirros = image.images.find { |one| one.name.start_with?("cirros") }
flavor = compute.flavors.find { |one| one.name == "m1.tiny" }

wait = lambda do |server, state|
  100.times do
    break if server.reload.nil? || server.state == state
    sleep 0.1
  end
  server.state
end

server = compute.servers.create(name: "web", image_ref: cirros.id, flavor_ref: flavor.id)
seen[:created] = wait.call(server, "ACTIVE")
seen[:servers] = compute.servers.map(&:name)
server.reboot("HARD")
seen[:rebooting] = server.reload.state
seen[:rebooted] = wait.call(server, "ACTIVE")
server.stop
seen[:stopped] = wait.call(server, "SHUTOFF")
server.destroy
100.times do
  break if compute.servers.get(server.id).nil?
  sleep 0.1
end
seen[:left] = compute.servers.map(&:name)

made = image.images.create(name: "mine", disk_format: "raw", container_format: "bare")
made.upload_data(StringIO.new("a disk"))
seen[:image] = [made.reload.status, made.size]
made.destroy
seen[:gone] = image.images.find_by_id(made.id).nil? rescue true
puts JSON.generate(seen)
