#!/usr/bin/env bash
# Brings AWS's runtime client into this folder, where it is not yet. It compiles a client in C++, which
# needs cmake and g++; where that cannot be had, what stands on it says so and is skipped.
set -uo pipefail
cd "$(dirname "$0")"

if [ -e node_modules/aws-lambda-ric/rapid-client.node ]; then exit 0; fi
for tool in cmake g++ make; do
  command -v "$tool" > /dev/null || { echo "aws-lambda-ric cannot be built: there is no $tool." >&2; exit 0; }
done
echo "Building aws-lambda-ric, which takes some two minutes." >&2
npm install --no-audit --no-fund --no-package-lock > install.log 2>&1 ||
  echo "aws-lambda-ric could not be installed; test/runtime/install.log has why." >&2
