#!/usr/bin/env bash
# Installs the stock clients from Debian. The suite of a client that is not installed is skipped with a message.
set -euo pipefail

packages=(
  python3-openstackclient python3-novaclient python3-glanceclient python3-openstacksdk
  python3-libcloud ruby-fog-openstack golang-go golang-github-gophercloud-gophercloud-dev
  vncsnapshot libjpeg-turbo-progs tigervnc-viewer xvfb xdotool
  chromium
)

missing=()
for package in "${packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
  echo "not installed, for want of apt-get or of root: ${missing[*]}"
  exit 0
fi
(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}") \
  >/dev/null 2>&1 || echo "could not be installed: ${missing[*]}"
