#!/usr/bin/env python3
"""layers.py ROOT QT_INCLUDE_DIR: reads every #include in app/ and ui/, says which points against the order of
the rooms, and finds calls that nobody may make. Exit code 1 where anything was found, or nothing to read.
"""

import re
import sys
from pathlib import Path

# A room includes from itself and from rows above its own. Rooms in one row do not know each other.
ORDER = [
    ['app/types'],
    ['app/words'],
    ['app/credentials', 'app/journal', 'app/gateway'],
    ['app/models', 'app/stopping'],
    ['app/session'],
    ['ui/parts'],
    ['ui/panels', 'ui/dialogs'],
    ['ui'],
    ['app'],
]
RANK = {room: rank for rank, row in enumerate(ORDER) for room in row}
DEMO = 'app/demo'
MAIN = 'app/main.cpp'

# Which headers of others only some places may include: what they are, and where they may stand.
GUI_MODULES = ['QtGui', 'QtWidgets', 'QtSvg', 'QtSvgWidgets']
KEYCHAIN_HEADER = re.compile(r'^(qt6?keychain/|keychain\.h$)')
KEYCHAIN_PLACES = {'app/credentials/keychaintasks.cpp'}
BOOST_HEADER = re.compile(r'^boost/')
BOOST_PLACES = {'app/demo/httprequest.cpp'}
OPENSSL_HEADER = re.compile(r'^openssl/')
OPENSSL_PLACES = {'app/types/certificates.cpp'}
# Others ask `Gateway` what the limits allow.
BUDGET_HEADER = 'app/gateway/requestbudget.h'
GATEWAY = 'app/gateway'
# Panels and dialogs are given values, models and functions; the window alone knows what feeds them.
SESSION = 'app/session'

# Calls that may stand nowhere, or only in the files and rooms that are named.
CALLS = {
    'setInsecureFallback': (r'\bsetInsecureFallback\b', set()),
    'ignoreSslErrors': (r'\bignoreSslErrors\b', set()),
    'SIGNAL()': (r'\bSIGNAL\s*\(', set()),
    'SLOT()': (r'\bSLOT\s*\(', set()),
    'processEvents': (r'\bprocessEvents\b', set()),
    'QEventLoop': (r'\bQEventLoop\b', set()),
    # Whether there is a network is nobody's reason to refuse: it is a hint that connections are old.
    'QNetworkInformation': (r'\bQNetworkInformation\b', {'app/gateway/networkwatch.cpp'}),
    # What is copied goes through one cleaner; the field for keys only reads.
    'clipboard()': (r'\bclipboard\s*\(', {'ui/parts/clipboard.cpp', 'ui/parts/secretedit.cpp'}),
    'reveal()': (r'(\.|->|::)\s*reveal\b',
                 {'app/gateway/httpchannel.cpp', 'app/credentials/keychaintasks.cpp', 'app/credentials/tokenend.cpp',
                  'app/types/redactor.cpp', 'app/types/secret.cpp'}),
    'channel()': (r'(\.|->|::)\s*channel\b', {GATEWAY}),
}

# A way through the house that a room's README draws: "%% way: a stop, 12 units at most" within its chart.
CHART = re.compile(r'^```mermaid\n(.*?)^```', re.MULTILINE | re.DOTALL)
WAY = re.compile(r'^\s*%% way: (.+), (\d+) units at most$', re.MULTILINE)
LABEL = re.compile(r'\|[^|]*\|')
UNIT = re.compile(r'\b[A-Z][A-Za-z]+\b')

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.MULTILINE)
# A string first, so that the // of an address in it begins no comment.
STRING_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def without_comments(text):
    return STRING_OR_COMMENT.sub(lambda found: found.group(1) or ' ', text)


def room_of(path):
    return path.rsplit('/', 1)[0]


def is_gui_header(header, qt_includes):
    if header.split('/')[0] in GUI_MODULES:
        return True
    return any((qt_includes / module / header).is_file() for module in GUI_MODULES)


def wrong_with_ours(place, header):
    """What is wrong with an include that names a file of app/ or ui/; None where nothing is."""
    room, target = room_of(place), room_of(header)
    if header == BUDGET_HEADER and room != GATEWAY:
        return 'only the gateway knows its budget'
    if target == SESSION and room.startswith('ui/'):
        return 'only the window knows the session'
    if place == MAIN or room == target:
        return None
    if DEMO in (room, target):
        return 'only app/main.cpp knows the demo' if target == DEMO else 'the demo includes nothing of ours'
    for unknown in {room, target} - RANK.keys():
        return f'{unknown} is no room of the house'
    if RANK[target] >= RANK[room]:
        return f'{room} may not know {target}'
    return None


def wrong_with_include(root, qt_includes, place, quote, header):
    ours = header.startswith(('app/', 'ui/'))
    if ours:
        if not (root / header).is_file():
            return 'there is no such file'
        return wrong_with_ours(place, header)
    if quote == '"' and not header.endswith('.moc'):
        return 'our includes are written from the root'
    if KEYCHAIN_HEADER.match(header) and place not in KEYCHAIN_PLACES:
        return 'only KeychainStore knows QtKeychain'
    if BOOST_HEADER.match(header) and place not in BOOST_PLACES:
        return 'only what reads the requests of the demo knows Boost'
    if OPENSSL_HEADER.match(header) and place not in OPENSSL_PLACES:
        return 'only what reads certificates knows OpenSSL'
    if place.startswith('app/') and place != MAIN and is_gui_header(header, qt_includes):
        return 'app/ has no windows, icons or colours'
    return None


def wrong_with_ways(root):
    """What is wrong with the drawn ways: a unit that is no class of ours, or too many of them."""
    headers = [file.read_text(encoding='utf-8') for top in ('app', 'ui') for file in (root / top).rglob('*.h')]
    classes = {name for text in headers for name in re.findall(r'^(?:template <[^>]*> )?(?:class|struct) (\w+)[^;]*$', text, re.MULTILINE)}
    for file in sorted(root.rglob('README.md')):
        for chart in CHART.findall(file.read_text(encoding='utf-8')):
            if not (way := WAY.search(chart)):
                continue
            name, most = way.group(1), int(way.group(2))
            lines = [line for line in chart.split('\n')[1:] if not line.strip().startswith('%%')]
            units = set(UNIT.findall(LABEL.sub(' ', ' '.join(lines))))
            place = file.relative_to(root).as_posix()
            for unknown in sorted(units - classes):
                yield f'{place}: {name} passes {unknown}, which is no class of ours'
            if len(units) > most:
                yield f'{place}: {name} passes {len(units)} units, more than {most}'


def complaints(root, qt_includes):
    """All that is wrong under `root`, one line each, and the number of includes read."""
    found, read = list(wrong_with_ways(root)), 0
    for file in sorted(file for top in ('app', 'ui') for file in (root / top).rglob('*')
                       if file.suffix in ('.h', '.cpp')):
        place = file.relative_to(root).as_posix()
        text = without_comments(file.read_text(encoding='utf-8'))
        for quote, header in INCLUDE.findall(text):
            read += 1
            if reason := wrong_with_include(root, qt_includes, place, quote, header):
                found.append(f'{place}: includes {header}: {reason}')
        for name, (pattern, allowed) in CALLS.items():
            if not {place, room_of(place)} & allowed and re.search(pattern, text):
                found.append(f'{place}: {name} has no place here')
    return found, read


def main():
    root, qt_includes = Path(sys.argv[1]), Path(sys.argv[2])
    if not (qt_includes / 'QtWidgets' / 'QWidget').is_file():
        sys.exit(f'{qt_includes} does not hold the headers of Qt')
    found, read = complaints(root, qt_includes)
    print('\n'.join(found + [f'{read} includes read, {len(found)} complaints']))
    sys.exit(1 if found or read == 0 else 0)


if __name__ == '__main__':
    main()
