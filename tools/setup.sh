#!/bin/sh
# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
#
# Install what is missing: tools/setup.sh run|test
#
# As root it installs the system's packages; anybody else is told the one line to run. Python packages go into .venv,
# each checked against the hash in its lock file. Certificates, mirrors and proxies are those of the machine. Exit 5
# when something is missing, as make_pdf.py does; nothing is begun before everything it needs is there.
set -eu
export PYTHONUTF8=1
cd "$(dirname "$0")/.."

RUN_PACKAGES="python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fonts-noto-cjk fonts-lxgw-wenkai fonts-liberation2 fonts-dejavu-core fonts-hanazono"
TEST_PACKAGES="poppler-utils qpdf ghostscript libimage-exiftool-perl openjdk-17-jdk-headless postgresql"
PROFILE=usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc

case "${1:-}" in
run) packages=$RUN_PACKAGES lock=requirements.lock ;;
test) packages="$RUN_PACKAGES $TEST_PACKAGES" lock=requirements-dev.lock ;;
*)
    echo "usage: tools/setup.sh run|test" >&2
    exit 2
    ;;
esac

is_installed() { # PACKAGE
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

give_up() { # MESSAGE…
    printf '%s\n' "$@" >&2
    exit 5
}

install_packages() {
    command -v dpkg-query >/dev/null || {
        echo "不是 Debian：请自行安装 / not Debian, please install by hand: $(echo $packages)" >&2
        return 0
    }
    missing=
    for package in $packages; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    line="apt-get update && apt-get install -y --no-install-recommends$missing"
    [ "$(id -u)" = 0 ] || give_up "缺系统软件包，请运行 / system packages are missing, please run:" "sudo sh -c '$line'"
    echo "安装 / installing:$missing" >&2
    DEBIAN_FRONTEND=noninteractive sh -c "$line" >&2 || give_up "安装失败，请运行 / failed, please run:" "sh -c '$line'"
}

# A Python with venv: the system's own first, because the packages above belong to it.
find_python() {
    for python in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return 0
        fi
    done
    give_up "需要带 venv 的 Python 3.11 或更新版本 / Python 3.11 or newer with venv is needed"
}

# A new .venv that cannot be filled is removed again, so that nobody meets half of one.
make_venv() {
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        find_python
        trap 'rm -rf .venv' EXIT
        rm -rf .venv
        "$python" -m venv .venv >&2 || give_up "建不了 .venv / cannot create .venv"
    fi
    echo "安装 Python 包，第一次较慢 / installing Python packages, slow the first time" >&2
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
        -r "$lock" >&2 || give_up "安装 Python 包失败，请检查网络后重试 / cannot install the Python packages; check the network and try again"
    trap - EXIT
}

# The schemas of SARIF and of JUnit files come in packages that need others; only their files are wanted.
fetch_schemas() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-deps \
        --upgrade --target .venv/schemas -r requirements-schemas.lock >&2 ||
        give_up "取不到报告格式的规范，请检查网络后重试 / cannot fetch the schemas of reports; check the network and try again"
}

# The press profile, 121 kB, is one file of a large package, which is fetched for it and not installed. Only
# `--profile print` needs it and says so when it is missing, so nothing stops here without it.
fetch_profile() {
    [ ! -f "/$PROFILE" ] && [ ! -f profiles/FOGRA39L_coated.icc ] || return 0
    mkdir -p profiles/.part
    if (cd profiles/.part && apt-get download texlive-base && dpkg-deb -x ./*.deb .) >/dev/null 2>&1; then
        mv "profiles/.part/$PROFILE" profiles/
    else
        echo "没有取得印刷色彩特性文件 / could not fetch the press profile: texlive-base" >&2
    fi
    rm -rf profiles/.part
}

install_packages
make_venv
fetch_profile
[ "$1" = run ] || fetch_schemas
# As pip does for the packages: where Python may not write bytecode by itself, each start would compile anew.
.venv/bin/python -m compileall -q kanyin
