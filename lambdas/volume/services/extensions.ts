/** The implemented ones of cinder/api/contrib/. */
const extensionRows = [
  ["AdminActions", "os-admin-actions", "2012-08-25T00:00:00+00:00", "Enable admin actions."],
  [
    "AvailabilityZones",
    "os-availability-zone",
    "2013-06-27T00:00:00+00:00",
    "Describe Availability Zones.",
  ],
  [
    "ExtendedSnapshotAttributes",
    "os-extended-snapshot-attributes",
    "2012-06-19T00:00:00+00:00",
    "Extended SnapshotAttributes support.",
  ],
  [
    "QuotaClasses",
    "os-quota-class-sets",
    "2012-03-12T00:00:00+00:00",
    "Quota classes management support.",
  ],
  ["Quotas", "os-quota-sets", "2011-08-08T00:00:00+00:00", "Quota management support."],
  [
    "SchedulerHints",
    "OS-SCH-HNT",
    "2013-04-18T00:00:00+00:00",
    "Pass arbitrary key/value pairs to the scheduler.",
  ],
  ["SchedulerStats", "scheduler-stats", "2014-09-07T00:00:00+00:00", "Scheduler stats support."],
  ["Services", "os-services", "2012-10-28T00:00:00-00:00", "Services support."],
  [
    "SnapshotActions",
    "os-snapshot-actions",
    "2013-07-16T00:00:00+00:00",
    "Enable snapshot manager actions.",
  ],
  [
    "TypesExtraSpecs",
    "os-types-extra-specs",
    "2011-08-24T00:00:00+00:00",
    "Type extra specs support.",
  ],
  ["TypesManage", "os-types-manage", "2011-08-24T00:00:00+00:00", "Types manage support."],
  [
    "UsedLimits",
    "os-used-limits",
    "2013-10-03T00:00:00+00:00",
    "Provide data on limited resources that are being used.",
  ],
  ["VolumeActions", "os-volume-actions", "2012-05-31T00:00:00+00:00", "Enable volume actions."],
  [
    "VolumeHostAttribute",
    "os-vol-host-attr",
    "2011-11-03T00:00:00+00:00",
    "Expose host as an attribute of a volume.",
  ],
  [
    "VolumeImageMetadata",
    "os-vol-image-meta",
    "2012-12-07T00:00:00+00:00",
    "Show image metadata associated with the volume.",
  ],
  [
    "VolumeTenantAttribute",
    "os-vol-tenant-attr",
    "2011-11-03T00:00:00+00:00",
    "Expose the internal project_id as an attribute of a volume.",
  ],
  [
    "VolumeTypeAccess",
    "os-volume-type-access",
    "2014-06-26T00:00:00Z",
    "Volume type access support.",
  ],
] as const;

export const extensions = extensionRows.map(([name, alias, updated, description]) => ({
  name,
  alias,
  updated,
  description,
  links: [],
}));
