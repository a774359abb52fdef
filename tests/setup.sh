# shellcheck shell=bash disable=SC2034
# Sourced by examples/run and tests/run: brings a Debian 12 machine to the point where we can build.
# Everything said here goes to stderr, one line a step.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(g++ cmake ninja-build pkg-config libfmt-dev libcli11-dev libtomlplusplus-dev
  libexpected-dev nlohmann-json3-dev libutf8proc-dev nettle-dev libsimdjson-dev libxlsxwriter-dev
  libcsv-dev libzip-dev libexpat1-dev libmimalloc-dev)
test_packages=(git python3 doctest-dev)
long_packages=(clang libclang-rt-dev clang-format clang-tidy strace python3-jsonschema
  dpkg-dev lintian scdoc zsh fish)

say() { printf '==> %s\n' "$*" >&2; }

# Prints a log that explains a failure, then leaves.
give_up() {  # MESSAGE [LOG]
  [[ -z ${2:-} ]] || tail -n 60 "$2" >&2
  printf 'error: %s\n' "$1" >&2
  exit 1
}

missing_packages() {
  local package
  for package in "$@"; do
    # A package may be there for several architectures; "not-installed" is said of one only heard of.
    [[ " $(dpkg-query -W -f '${db:Status-Status} ' "$package" 2>/dev/null)" == *' installed '* ]] ||
      printf '%s\n' "$package"
  done
}

# Installs those of the packages that are not there; touches nothing when all are.
need() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    give_up "this script installs what it needs on Debian 12 only, and here is no apt-get.
       Install what these Debian packages hold, then build by hand (cmake -B build):
       $*"
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  local line="apt-get install --no-install-recommends ${missing[*]}"

  local as_root=()
  if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
      give_up "some packages are missing and you are not root. Ask the administrator to run, as root,
       $line"
    elif sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    elif [[ -t 0 ]]; then
      as_root=(sudo)
    else
      give_up "some packages are missing and sudo wants a password. Ask the administrator to run, as root,
       $line"
    fi
  fi
  as_root+=(env DEBIAN_FRONTEND=noninteractive)
  say "installing ${#missing[@]} packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! "${as_root[@]}" apt-get -q update >"$log" 2>&1 ||
    ! "${as_root[@]}" apt-get -qy install --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    give_up "the packages could not be installed (see above). Ask the administrator to run, as root,
       apt-get update && $line" "$log"
  fi
  rm -f "$log"
}

# As many compilers as there are processors, but no more than the memory carries (1 GB each).
jobs_here() {
  local jobs memory
  jobs=$(nproc)
  memory=$(awk '/^MemAvailable/ { print int($2 / 1000000) }' /proc/meminfo)
  ((memory >= jobs)) || jobs=$((memory > 0 ? memory : 1))
  printf '%s\n' "$jobs"
}

# Configures and builds in FOLDER under the repository; the whole story is in FOLDER/build.log.
build() {  # FOLDER CMAKE-OPTION…
  local folder=$root/$1 log=$root/$1/build.log how=()
  shift
  mkdir -p "$folder"
  if [[ ! -f $folder/CMakeCache.txt ]]; then
    how=(-G Ninja)
  elif ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
    how=(-G Ninja --fresh)  # the repository was moved or copied
  fi
  cmake "${how[@]}" -S "$root" -B "$folder" "$@" >"$log" 2>&1 &&
    cmake --build "$folder" -j "$(jobs_here)" >>"$log" 2>&1
}
