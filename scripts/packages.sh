# Debian 12 packages that demarche needs, sourced by the other scripts: `install_packages build` or `install_packages test`.
# shellcheck shell=bash

build_packages=(
  g++ cmake ninja-build pkg-config
  libxml2-dev       # feeds
  libcurl4-openssl-dev ca-certificates   # demarche fetch
  libicu-dev        # Unicode, charsets
  libsqlite3-dev    # the record
  nlohmann-json3-dev libcli11-dev
  zlib1g-dev libbz2-dev libzstd-dev libbrotli-dev libdeflate-dev libssl-dev libxxhash-dev
)
test_packages=(
  libgtest-dev clang libclang-rt-14-dev
  python3-pytest python3-jsonschema python3-numpy   # whole-program tests
  sqlite3
)

install_packages() {
  local wanted=("${build_packages[@]}") missing=() package
  [ "$1" = test ] && wanted+=("${test_packages[@]}")
  for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    echo "These packages are missing, and this is no Debian to install them on: ${missing[*]}" >&2
    return 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Installing ${missing[*]} needs root or sudo." >&2; return 1; }
    as_root=(sudo)
  fi
  echo "== installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}
