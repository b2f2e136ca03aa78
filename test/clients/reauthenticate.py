"""A token that stops being good between two requests: the client gets itself another and goes on."""

import json
import os

import openstack

cloud = openstack.connect(cloud="envvars")
compute = cloud.compute
before = [flavor.name for flavor in compute.flavors()]
token = cloud.session.get_token()
revoked = cloud.session.delete(
    os.environ["OS_AUTH_URL"] + "/auth/tokens",
    headers={"X-Subject-Token": token},
    authenticated=True,
)
after = [flavor.name for flavor in compute.flavors()]
print(
    json.dumps(
        {
            "revoked": revoked.status_code,
            "same": before == after,
            "flavors": len(after),
            "another": cloud.session.get_token() != token,
        }
    )
)
