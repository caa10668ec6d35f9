#!/usr/bin/env bash
# An install into a staging folder brings exactly the files that belong there, and they belong together.
#
#   staging.sh CMAKE BUILD_FOLDER STAGING_FOLDER
set -euo pipefail

rm -rf "$3"
DESTDIR=$3 "$1" --install "$2" --prefix /usr >"$3.log" || { cat "$3.log"; exit 1; }

expected="\
usr/bin/stopdesk
usr/share/applications/org.stopdesk.Stopdesk.desktop
usr/share/doc/stopdesk/changelog.gz
usr/share/doc/stopdesk/copyright
usr/share/icons/hicolor/scalable/apps/org.stopdesk.Stopdesk.svg
usr/share/man/man1/stopdesk.1.gz
usr/share/metainfo/org.stopdesk.Stopdesk.metainfo.xml"
diff <(echo "$expected") <(cd "$3" && find . -type f | sed 's|^\./||' | LC_ALL=C sort)

cd "$3/usr"
while read -r line; do
    program=${line#Exec=}
    [[ -x bin/${program%% *} ]] || { echo "Exec names no installed program: $line"; exit 1; }
done < <(grep ^Exec= share/applications/org.stopdesk.Stopdesk.desktop)
icon=$(sed -n s/^Icon=//p share/applications/org.stopdesk.Stopdesk.desktop)
[[ -f share/icons/hicolor/scalable/apps/$icon.svg ]] || { echo "no icon $icon"; exit 1; }

# The program, the newest entry of the change log and the newest release of the metainfo are of one version.
version=$(HOME=/nonexistent QT_QPA_PLATFORM=offscreen bin/stopdesk --version)
version=${version##* }
zcat share/doc/stopdesk/changelog.gz | head -1 | grep -qF "($version)" || { echo "changelog is not of $version"; exit 1; }
grep -m1 '<release ' share/metainfo/org.stopdesk.Stopdesk.metainfo.xml | grep -qF "version=\"$version\"" ||
    { echo "metainfo is not of $version"; exit 1; }
zcat share/man/man1/stopdesk.1.gz | head -1 | grep -qF "stopdesk $version" || { echo "man page is not of $version"; exit 1; }
