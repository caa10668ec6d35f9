#include "app/gateway/requestbudget.h"
#include "app/gateway/stampfile.h"
#include "tests/support/fakeclock.h"
#include "tests/support/testmain.h"

#include <rapidcheck.h>

#include <QTemporaryDir>
#include <QtTest>

#include <iostream>

namespace budgetproperties_test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

enum class Step { Ask, Pass, Sleep, Restart, SetClock, Refuse, Tell, EndAskers };

/// One thing that happens. What `a` and `b` mean is the step's business.
struct Event {
    Step step;
    Lane lane;
    int a; ///< 0 … 999
    int b; ///< 0 … 999
};

struct Plan {
    RateLimits limits;
    std::vector<Event> events;
};

std::ostream &operator<<(std::ostream &out, const Plan &plan)
{
    static constexpr std::array names{"ask", "pass", "restart", "set clock", "refuse", "tell", "end askers"};
    out << plan.limits.perMinute << " a minute, " << plan.limits.perHour << " an hour";
    for (const Event &event : plan.events)
        out << "; " << names[size_t(event.step)] << " lane " << int(event.lane) << ' ' << event.a << ' ' << event.b;
    return out;
}

rc::Gen<Plan> anyPlan()
{
    const auto step = rc::gen::weightedElement<Step>({{8, Step::Ask},
                                                      {8, Step::Pass},
                                                      {1, Step::Sleep},
                                                      {2, Step::Restart},
                                                      {1, Step::SetClock},
                                                      {1, Step::Refuse},
                                                      {1, Step::Tell},
                                                      {1, Step::EndAskers}});
    const auto number = rc::gen::inRange(0, 1000);
    const auto event = rc::gen::construct<Event>(
        step, rc::gen::element(Lane::Stop, Lane::Check, Lane::Poll, Lane::Poll), number, number);
    const auto limits =
        rc::gen::construct<RateLimits>(rc::gen::element(1, 3, 10, 100), rc::gen::element(1, 5, 30, 100, 1000));
    return rc::gen::construct<Plan>(limits, rc::gen::container<std::vector<Event>>(event));
}

/// From a millisecond to some hours, short and long ones alike often.
Duration spanOf(int a, int b)
{
    static constexpr std::array<Duration, 5> units{1ms, 100ms, 1s, 20s, 10min};
    return units[size_t(a) % units.size()] * (1 + b % 60);
}

/// Runs of the program one after the other, all that left in any of them, and what is wrong with it. Time is that of
/// the monotonic clock, which no event here touches.
class World {
public:
    World(const Plan &plan, const QString &file)
        : m_limits(plan.limits)
        , m_file(file)
    {
        QFile::remove(file);
        start();
        for (const Event &event : plan.events)
            play(event);
        finish();
    }

    const QStringList &complaints() const { return m_complaints; }

private:
    enum class Fate { Waits, Left, Dropped, AskerGone, ProgramEnded };
    struct Asked {
        Lane lane;
        std::unique_ptr<QObject> asker;
        Fate fate = Fate::Waits;
    };

    void start()
    {
        m_budget = std::make_unique<RequestBudget>(m_limits, m_clock);
        m_budget->keep(m_connection, std::make_shared<StampFile>(m_file));
    }

    void play(const Event &event)
    {
        switch (event.step) {
        case Step::Ask:
            for (int i = 0; i <= event.a % 40; ++i)
                ask(event.lane, Duration(event.b * 3));
            break;
        case Step::Pass: m_clock.advance(spanOf(event.a, event.b)); break;
        case Step::Sleep: m_clock.sleep(spanOf(event.a, event.b)); break;
        case Step::Restart: restart(event); break;
        case Step::SetClock:
            m_clock.jump((event.lane == Lane::Stop ? -1 : 1) * spanOf(event.a, event.b));
            ask(Lane::Poll, 1ms); // who sets the clock and ends the program before it asks again is not noticed
            break;
        case Step::Refuse: refuse(event); break;
        case Step::Tell:
            m_budget->hear(event.lane,
                           {event.a + 1, event.b % (event.a + 2), std::min(Duration(1h), spanOf(event.b, event.a))},
                           {});
            break;
        case Step::EndAskers: endAskers(event.a); break;
        }
        if (m_budget->spentThisHour() < sentSince(1h))
            m_complaints.append(u"counted %1 of %2 in the hour"_s.arg(m_budget->spentThisHour()).arg(sentSince(1h)));
    }

    void ask(Lane lane, Duration answersAfter)
    {
        const size_t number = m_asked.size();
        m_asked.push_back({lane, std::make_unique<QObject>()});
        m_isAsking = true;
        m_budget->ask(
            lane, m_asked.back().asker.get(),
            [this, number, answersAfter] {
                setFate(number, Fate::Left);
                send(m_asked[number].lane);
                m_clock.after(answersAfter, m_budget.get(),
                              [this, number] { m_budget->arrived(m_asked[number].lane); });
            },
            [this, number] { setFate(number, Fate::Dropped); }, m_connection);
        m_isAsking = false;
    }

    void send(Lane lane)
    {
        check(lane, 1min, m_limits.of(Lane::Stop, Span::Minute));
        check(lane, 1h, m_limits.of(Lane::Stop, Span::Hour));
        check(lane, 1min, m_limits.of(lane, Span::Minute));
        check(lane, 1h, m_limits.of(lane, Span::Hour));
        m_sent.push_back(m_clock.monotonic());
    }

    void check(Lane lane, Duration span, int most)
    {
        if (sentSince(span) >= most)
            m_complaints.append(u"lane %1 left as number %2 of %3 in %4 s at %5 ms"_s.arg(int(lane))
                                    .arg(sentSince(span) + 1)
                                    .arg(most)
                                    .arg(span.count() / 1000)
                                    .arg(m_clock.monotonic().count()));
    }

    int sentSince(Duration span) const
    {
        return int(m_sent.end() - std::ranges::lower_bound(m_sent, m_clock.monotonic() - span));
    }

    void setFate(size_t number, Fate fate)
    {
        Asked &asked = m_asked[number];
        if (m_isAsking || asked.fate != Fate::Waits || !asked.asker
            || (fate == Fate::Dropped && asked.lane != Lane::Poll))
            m_complaints.append(u"number %1 has fate %2 after %3"_s.arg(number).arg(int(fate)).arg(int(asked.fate)));
        asked.fate = fate;
    }

    /// Sometimes the last send is cut, and the clock is set back. Set forward between two runs it would make sends look
    /// older than they are, and nothing could tell.
    void restart(const Event &event)
    {
        m_budget.reset();
        for (Asked &asked : m_asked) {
            if (asked.fate == Fate::Waits)
                asked.fate = Fate::ProgramEnded;
        }
        if (event.a % 4 == 0)
            m_clock.jump(-spanOf(event.b, event.a));
        m_clock.restart();
        QFile file(m_file);
        if (event.b % 4 == 0 && file.open(QIODevice::ReadWrite) && file.readAll().endsWith("P\n"))
            file.resize(file.size() - 1 - event.a % 15);
        start();
    }

    void refuse(const Event &event)
    {
        const FailureKind kind = event.a % 5 == 0 ? FailureKind::PlanLimit : FailureKind::TooMany;
        const auto wait = event.b % 2 == 0 ? std::optional(spanOf(event.a, event.b)) : std::nullopt;
        m_budget->hear(event.lane, {}, Failure{kind, Reached::Answered, 429, wait, {}, {}, {}, 0});
    }

    void endAskers(int every)
    {
        for (size_t i = 0; i < m_asked.size(); i += size_t(1 + every % 7)) {
            m_asked[i].asker.reset();
            if (m_asked[i].fate == Fate::Waits)
                m_asked[i].fate = Fate::AskerGone;
        }
    }

    /// Nothing waits for ever: the longest hold is an hour, and every hour has room for at least one.
    void finish()
    {
        const auto waiting = std::ranges::count(m_asked, Fate::Waits, &Asked::fate);
        for (qsizetype hour = 0; hour <= waiting + 2; ++hour)
            m_clock.advance(1h + 1s);
        if (std::ranges::count(m_asked, Fate::Waits, &Asked::fate) > 0)
            m_complaints.append(u"%1 wait for ever"_s.arg(std::ranges::count(m_asked, Fate::Waits, &Asked::fate)));
        if (std::ranges::count(m_asked, Fate::Left, &Asked::fate) != std::ssize(m_sent))
            m_complaints.append(u"%1 left"_s.arg(m_sent.size()));
        if (m_budget->waitOf(Lane::Stop) != LaneWait())
            m_complaints.append(u"a stop could not leave after all that"_s);
    }

    const RateLimits m_limits;
    const QString m_file;
    const ConnectionId m_connection{u"c"_s};
    FakeClock m_clock;
    std::vector<Asked> m_asked;
    std::vector<Duration> m_sent;
    std::unique_ptr<RequestBudget> m_budget;
    QStringList m_complaints;
    bool m_isAsking = false;
};

/// Promises 34 and 35 in a world where anything may happen: asks of all lanes, restarts, clocks that are set, refusals,
/// rate headers, askers that go.
class TestBudgetProperties : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{QFileInfo(u"/dev/shm"_s).isWritable() ? u"/dev/shm/stopdesk-XXXXXX"_s : QString()};

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet("RC_PARAMS"))
            qputenv("RC_PARAMS",
                    "seed=20260513 max_success=" + qEnvironmentVariable("STOPDESK_CASES", u"400"_s).toLatin1());
        qInfo("RC_PARAMS='%s'", qgetenv("RC_PARAMS").constData());
    }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void noSpanIsEverOverspentAndNobodyWaitsForEver()
    {
        QVERIFY(rc::check("a budget among anything", [this] {
            const Plan plan = *anyPlan();
            const QStringList complaints = World(plan, m_folder.filePath(u"c.sends"_s)).complaints();
            if (!complaints.isEmpty())
                RC_LOG() << plan << '\n';
            RC_ASSERT(complaints.mid(0, 5).join(u'\n').toStdString() == "");
        }));
    }
};

}

STOPDESK_TEST(budgetproperties, TestBudgetProperties, QCoreApplication)
#include "tst_budgetproperties.moc"
