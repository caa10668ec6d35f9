#include "app/journal/journalschema.h"

using namespace Qt::StringLiterals;

namespace {

// One table for all steps of all stops: an intent row, and rows that refer to it.
const QStringList toVersion1{
    uR"(CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        intent INTEGER REFERENCES entry(id),
        step TEXT NOT NULL,
        at TEXT NOT NULL,
        operator TEXT,
        connection TEXT,
        origin TEXT,
        environment TEXT,
        agent TEXT,
        conversation TEXT,
        title TEXT,
        clear_queue INTEGER,
        waiting INTEGER,
        reason TEXT,
        request_id TEXT,
        http_status INTEGER,
        duration_ms INTEGER,
        confirmed_by TEXT))"_s,
    u"CREATE INDEX entry_of_intent ON entry(intent)"_s,
    u"CREATE TRIGGER entry_never_changes BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
    u"CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"_s,
};

// `open_intent` says at once, in a file of any size, which stops were left open. It follows the entries by itself and
// lets go of none whose newest step is an open one.
const QStringList toVersion2{
    u"ALTER TABLE entry ADD COLUMN connection_id TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN command TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN agent_name TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN parent TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN message_id TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN ran_before INTEGER"_s,
    u"CREATE INDEX entry_by_time ON entry(at) WHERE intent IS NULL"_s,
    u"CREATE TABLE open_step (step TEXT PRIMARY KEY) WITHOUT ROWID"_s,
    uR"(INSERT INTO open_step VALUES ('intent'), ('in line'), ('sent'), ('accepted'), ('still running'),
        ('sub-tasks still running'), ('unconfirmed'))"_s,
    u"CREATE TABLE open_intent (intent INTEGER PRIMARY KEY REFERENCES entry(id))"_s,
    uR"(INSERT INTO open_intent SELECT id FROM entry AS decided WHERE intent IS NULL AND
        coalesce((SELECT step FROM entry WHERE intent = decided.id ORDER BY id DESC LIMIT 1), 'intent') IN open_step)"_s,
    uR"(CREATE TRIGGER entry_opens AFTER INSERT ON entry WHEN NEW.step IN (SELECT step FROM open_step)
        BEGIN INSERT OR IGNORE INTO open_intent VALUES (coalesce(NEW.intent, NEW.id)); END)"_s,
    uR"(CREATE TRIGGER entry_settles AFTER INSERT ON entry WHEN NEW.step NOT IN (SELECT step FROM open_step)
        BEGIN DELETE FROM open_intent WHERE intent = NEW.intent; END)"_s,
    uR"(CREATE TRIGGER open_intent_stays BEFORE DELETE ON open_intent WHEN coalesce((SELECT step FROM entry
        WHERE intent = OLD.intent ORDER BY id DESC LIMIT 1), 'intent') IN (SELECT step FROM open_step)
        BEGIN SELECT RAISE(ABORT, 'this stop is still open'); END)"_s,
    uR"(CREATE TRIGGER open_intent_never_changes BEFORE UPDATE ON open_intent
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END)"_s,
};

// What the request looked like, beyond its origin; and what started again may have left sub-tasks that run on.
const QStringList toVersion3{
    u"INSERT INTO open_step VALUES ('sub-tasks still running, started again')"_s,
    u"ALTER TABLE entry ADD COLUMN base_path TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN routes TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN credential TEXT"_s,
};

// Which decisions were one about several targets.
const QStringList toVersion4{
    u"ALTER TABLE entry ADD COLUMN batch TEXT"_s,
};

// Whose conversation it was, as it was shown: a ticket that is copied later says the same.
const QStringList toVersion5{
    u"ALTER TABLE entry ADD COLUMN person_id TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN person_name TEXT"_s,
    u"ALTER TABLE entry ADD COLUMN person_email TEXT"_s,
};

}

namespace journalschema {

const QStringList &stepFrom(int from)
{
    switch (from) {
    case 0: return toVersion1;
    case 1: return toVersion2;
    case 2: return toVersion3;
    case 3: return toVersion4;
    default: return toVersion5;
    }
}

}
