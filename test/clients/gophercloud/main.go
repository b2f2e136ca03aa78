// A server's life and an image's by gophercloud; prints what was seen.
package main

import (
	"encoding/json"
	"fmt"
	"io/ioutil"
	"os"
	"strings"
	"time"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/extensions/startstop"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/flavors"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/imagedata"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func status(compute *gophercloud.ServiceClient, id string, wanted string) string {
	var last string
	for i := 0; i < 100; i++ {
		server, err := servers.Get(compute, id).Extract()
		if _, missing := err.(gophercloud.ErrDefault404); missing {
			return "gone"
		}
		must(err)
		last = server.Status
		if last == wanted {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return last
}

func main() {
	provider, err := openstack.AuthenticatedClient(gophercloud.AuthOptions{
		IdentityEndpoint: os.Getenv("OS_AUTH_URL"),
		Username:         os.Getenv("OS_USERNAME"),
		Password:         os.Getenv("OS_PASSWORD"),
		TenantName:       os.Getenv("OS_PROJECT_NAME"),
		DomainName:       os.Getenv("OS_USER_DOMAIN_NAME"),
	})
	must(err)
	region := gophercloud.EndpointOpts{Region: os.Getenv("OS_REGION_NAME")}
	compute, err := openstack.NewComputeV2(provider, region)
	must(err)
	glance, err := openstack.NewImageServiceV2(provider, region)
	must(err)
	seen := map[string]interface{}{}

	page, err := flavors.ListDetail(compute, nil).AllPages()
	must(err)
	sizes, err := flavors.ExtractFlavors(page)
	must(err)
	names := []string{}
	for _, size := range sizes {
		names = append(names, size.Name)
	}
	seen["flavors"] = names

	page, err = images.List(glance, images.ListOpts{Name: "cirros-0.6.2-x86_64-disk"}).AllPages()
	must(err)
	found, err := images.ExtractImages(page)
	must(err)
	seen["found"] = len(found)

	created, err := servers.Create(compute, servers.CreateOpts{
		Name: "web", ImageRef: found[0].ID, FlavorRef: sizes[0].ID,
	}).Extract()
	must(err)
	seen["created"] = status(compute, created.ID, "ACTIVE")
	server, err := servers.Get(compute, created.ID).Extract()
	must(err)
	seen["server"] = []string{server.Name, server.Image["id"].(string), server.Flavor["id"].(string)}

	must(servers.Reboot(compute, created.ID, servers.RebootOpts{Type: servers.HardReboot}).ExtractErr())
	seen["rebooted"] = status(compute, created.ID, "ACTIVE")
	must(startstop.Stop(compute, created.ID).ExtractErr())
	seen["stopped"] = status(compute, created.ID, "SHUTOFF")
	snapshot, err := servers.CreateImage(compute, created.ID, servers.CreateImageOpts{Name: "snap"}).ExtractImageID()
	must(err)
	taken, err := images.Get(glance, snapshot).Extract()
	must(err)
	seen["snapshot"] = taken.Name
	must(servers.Delete(compute, created.ID).ExtractErr())
	seen["deleted"] = status(compute, created.ID, "gone")

	mine, err := images.Create(glance, images.CreateOpts{
		Name: "mine", DiskFormat: "raw", ContainerFormat: "bare", Tags: []string{"one"},
	}).Extract()
	must(err)
	must(imagedata.Upload(glance, mine.ID, strings.NewReader("a disk")).ExtractErr())
	renamed, err := images.Update(glance, mine.ID, images.UpdateOpts{
		images.ReplaceImageName{NewName: "other"},
	}).Extract()
	must(err)
	seen["image"] = []interface{}{renamed.Name, string(renamed.Status), renamed.SizeBytes, renamed.Tags}
	reader, err := imagedata.Download(glance, mine.ID).Extract()
	must(err)
	bytes, err := ioutil.ReadAll(reader)
	must(err)
	seen["downloaded"] = string(bytes)
	must(images.Delete(glance, mine.ID).ExtractErr())

	must(json.NewEncoder(os.Stdout).Encode(seen))
}
