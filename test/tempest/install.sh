#!/usr/bin/env bash
# Installs OpenStack's own test suite from Debian; without it, the run ends with a message.
set -euo pipefail

command -v tempest >/dev/null && command -v stestr >/dev/null && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "not installed, for want of apt-get or of root: tempest"
  exit 0
fi
(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends tempest) \
  >/dev/null 2>&1 || echo "could not be installed: tempest"
