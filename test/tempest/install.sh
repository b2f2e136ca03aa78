#!/usr/bin/env bash
# OpenStack's own test suite, from Debian. Where it cannot be installed, what runs it says so.
set -euo pipefail

command -v tempest >/dev/null && command -v stestr >/dev/null && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "not installed, for want of apt-get or of root: tempest"
  exit 0
fi
(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tempest) \
  >/dev/null 2>&1 || echo "could not be installed: tempest"
