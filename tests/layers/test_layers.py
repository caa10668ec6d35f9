#!/usr/bin/env python3
"""test_layers.py QT_INCLUDE_DIR: shows the guard one forbidden line of each kind and sees it complain."""

import sys
import tempfile
import unittest
from pathlib import Path

from layers import complaints

QT_INCLUDES = Path(sys.argv.pop())

# A house in order: every room, each including from the room before it, and what the rules allow by name.
HOUSE = {
    'app/types/ids.h': '#include <QString>\n',
    'app/types/certificates.cpp': '#include <openssl/cms.h>\n',
    'app/words/words.h': '#include "app/types/ids.h"\n',
    'app/credentials/secretstore.h': '#include "app/words/words.h"\n',
    'app/credentials/keychaintasks.cpp': '#include <qt6keychain/keychain.h>\nvoid f() { secret.reveal(); }\n',
    'app/journal/journal.h': '#include <QSqlDatabase>\n',
    'app/gateway/httpchannel.cpp': '#include <QNetworkReply>\nvoid f() { secret.reveal(); }\n',
    'app/gateway/requestbudget.h': '#include <QHash>\n',
    'app/gateway/gateway.cpp': '#include "app/gateway/requestbudget.h"\nvoid f() { gateway.channel(); }\n',
    'app/gateway/wire.h': '#include "app/types/ids.h"\nauto a = "//x"; // no SIGNAL() or ignoreSslErrors\n',
    'app/models/rowmodel.h': '#include <QAbstractTableModel>\n#include "app/gateway/wire.h"\n',
    'app/stopping/stop.h': '#include "app/journal/journal.h"\n',
    'app/session/session.h': '#include "app/stopping/stop.h"\n#include "app/models/rowmodel.h"\n',
    'app/demo/demogateway.h': '#include "app/demo/scenario.h"\n',
    'app/demo/httprequest.cpp': '#include <boost/beast/http/basic_parser.hpp>\n',
    'app/demo/scenario.h': '#include <QJsonObject>\n',
    'ui/parts/noticebar.h': '#include <QFrame>\n',
    'ui/panels/agentspanel.h': '#include "ui/parts/noticebar.h"\n',
    'ui/dialogs/editdialog.h': '#include <QDialog>\n#include "app/stopping/stop.h"\n',
    'ui/mainwindow.h': '#include "ui/panels/agentspanel.h"\n#include "ui/dialogs/editdialog.h"\n'
                       '#include "app/session/session.h"\n',
    'app/main.cpp': '#include <QMenu>\n#include "ui/mainwindow.h"\n#include "app/demo/demogateway.h"\n',
}

# Each of these lines, added to that file, is exactly one complaint that holds those words.
FORBIDDEN = [
    ('app/types/ids.h', '#include "app/words/words.h"', 'app/types may not know app/words'),
    ('app/words/words.h', '#include "app/gateway/wire.h"', 'app/words may not know app/gateway'),
    ('app/credentials/secretstore.h', '#include "app/journal/journal.h"', 'may not know app/journal'),
    ('app/journal/journal.h', '#include "app/gateway/wire.h"', 'may not know app/gateway'),
    ('app/gateway/wire.h', '  #  include "app/session/session.h"', 'may not know app/session'),
    ('app/models/rowmodel.h', '#include "app/stopping/stop.h"', 'may not know app/stopping'),
    ('app/stopping/stop.h', '#include "app/models/rowmodel.h"', 'may not know app/models'),
    ('app/session/session.h', '#include "ui/parts/noticebar.h"', 'may not know ui/parts'),
    ('app/session/session.h', '#include <ui/parts/noticebar.h>', 'may not know ui/parts'),
    ('ui/parts/noticebar.h', '#include "ui/panels/agentspanel.h"', 'may not know ui/panels'),
    ('ui/panels/agentspanel.h', '#include "ui/dialogs/editdialog.h"', 'may not know ui/dialogs'),
    ('ui/dialogs/editdialog.h', '#include "ui/mainwindow.h"', 'may not know ui'),
    ('ui/dialogs/editdialog.h', '#include "app/session/session.h"', 'only the window knows the session'),
    ('ui/parts/noticebar.h', '#include "app/session/session.h"', 'only the window knows the session'),
    ('ui/mainwindow.h', '#include "app/main.cpp"', 'may not know app'),
    ('ui/mainwindow.h', '#include "app/demo/demogateway.h"', 'only app/main.cpp knows the demo'),
    ('app/session/session.h', '#include "app/demo/demogateway.h"', 'only app/main.cpp knows the demo'),
    ('app/demo/scenario.h', '#include "app/types/ids.h"', 'the demo includes nothing of ours'),
    ('app/cellar/wine.h', '#include "app/types/ids.h"', 'app/cellar is no room'),
    ('app/models/rowmodel.h', '#include <QIcon>', 'no windows, icons or colours'),
    ('app/session/session.h', '#include <QtWidgets/QDialog>', 'no windows, icons or colours'),
    ('app/session/session.h', '#include <qwidget.h>', 'no windows, icons or colours'),
    ('app/session/session.h', '#include <QtGui>', 'no windows, icons or colours'),
    ('app/demo/scenario.h', '#include <QSvgRenderer>', 'no windows, icons or colours'),
    ('app/session/session.h', '#include <qt6keychain/keychain.h>', 'only KeychainStore knows'),
    ('app/credentials/secretstore.h', '#include <qtkeychain/keychain.h>', 'only KeychainStore knows'),
    ('app/demo/demogateway.h', '#include <boost/beast/http/parser.hpp>', 'knows Boost'),
    ('app/main.cpp', '#include <boost/optional.hpp>', 'knows Boost'),
    ('app/gateway/httpchannel.cpp', '#include <openssl/x509.h>', 'knows OpenSSL'),
    ('app/gateway/httpchannel.cpp', '#include "wire.h"', 'written from the root'),
    ('app/gateway/httpchannel.cpp', '#include "../types/ids.h"', 'written from the root'),
    ('app/gateway/httpchannel.cpp', '#include "tests/support/rows.h"', 'written from the root'),
    ('app/gateway/httpchannel.cpp', '#include "app/types/absent.h"', 'no such file'),
    ('app/credentials/keychainstore.cpp', 'job.setInsecureFallback(true);', 'setInsecureFallback'),
    ('app/gateway/httpchannel.cpp', 'reply->ignoreSslErrors();', 'ignoreSslErrors'),
    ('ui/mainwindow.h', 'connect(a, SIGNAL(b()), c, d);', 'SIGNAL()'),
    ('ui/mainwindow.h', 'connect(a, b, c, SLOT (d()));', 'SLOT()'),
    ('app/main.cpp', 'QCoreApplication::processEvents();', 'processEvents'),
    ('app/main.cpp', 'QEventLoop loop;', 'QEventLoop'),
    ('app/gateway/wire.h', 'auto b = "https://" + secret.reveal();', 'reveal()'),
    ('app/gateway/httpcall.cpp', 'if (QNetworkInformation::instance()) return;', 'QNetworkInformation'),
    ('app/session/session.h', 'auto b = secret->reveal();', 'reveal()'),
    ('ui/mainwindow.h', 'QGuiApplication::clipboard()->setText(id);', 'clipboard()'),
    ('app/session/session.h', 'auto b = std::mem_fn(&Secret::reveal);', 'reveal()'),
    ('app/stopping/stop.h', '#include "app/gateway/requestbudget.h"', 'only the gateway knows its budget'),
    ('app/main.cpp', '#include "app/gateway/requestbudget.h"', 'only the gateway knows its budget'),
    ('app/session/session.h', 'auto d = m_gateway->channel().send(request);', 'channel()'),
    ('ui/mainwindow.h', 'auto e = gateway . channel ();', 'channel()'),
]


class Guard(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for place, text in HOUSE.items():
            self.add(place, text)

    def add(self, place, text):
        file = self.root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open('a', encoding='utf-8') as stream:
            stream.write(text)

    def test_a_drawn_way_passes_classes_of_ours_and_no_more_than_it_says(self):
        self.add('app/types/ids.h', 'class AgentId {\n};\nstruct TaskId\n{\n};\nclass Absent;\n')
        chart = '```mermaid\nflowchart LR\n    %%%% way: a stop, %d units at most\n    AgentId -->|a Word| %s\n```\n'
        for most, last, complaint in [(2, 'TaskId', None), (1, 'TaskId', 'passes 2 units, more than 1'),
                                      (2, 'Absent', 'passes Absent, which is no class of ours')]:
            (self.root / 'app/types/README.md').write_text(chart % (most, last), encoding='utf-8')
            found, _ = complaints(self.root, QT_INCLUDES)
            self.assertEqual([line.split('a stop ')[1] for line in found], [complaint] if complaint else [])

    def test_a_house_in_order_has_no_complaint(self):
        found, read = complaints(self.root, QT_INCLUDES)
        self.assertEqual(found, [])
        self.assertEqual(read, sum(text.count('#include') for text in HOUSE.values()))


def sees(place, line, words):
    def test(self):
        self.add(place, line + '\n')
        found, _ = complaints(self.root, QT_INCLUDES)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(place + ': '), found)
        self.assertIn(words, found[0])
    return test


for number, (place, line, words) in enumerate(FORBIDDEN):
    setattr(Guard, f'test_sees_{number:02}_{line}_in_{place}', sees(place, line, words))

if __name__ == '__main__':
    unittest.main()
