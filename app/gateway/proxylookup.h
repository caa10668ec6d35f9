#pragma once

#include "app/gateway/network.h"
#include "app/types/clock.h"

#include <QNetworkReply>
#include <QPointer>

#include <vector>

/// How a request goes to the service: through a proxy or directly.
struct Way {
    QNetworkProxy proxy{QNetworkProxy::DefaultProxy}; ///< the default: as Qt finds it
    bool isGuess = false;                             ///< nobody said in time: directly
    QString trouble{};                                ///< why there is none, in words; empty: there is one

    bool isProxied() const;
    QString name() const; ///< host and port
    QString wantsPassword(bool encrypted) const; ///< who, in words, when the answer is 407
    /// What a request that is not encrypted tells the proxy of its user (header Proxy-Authorization); empty: nothing.
    /// Qt would tell it only when asked, and then send the request once more, which is never done here.
    QByteArray userForProxy(bool encrypted) const;
    /// The same failure, with the proxy named where it is the cause. `error` is what Qt said.
    Failure explain(Failure failure, QNetworkReply::NetworkError error, bool encrypted) const;
};

/// The way to one address, asked of the system in a thread of its own: the look-up can block for seconds, and nobody
/// can end it. This machine itself is never reached through a proxy. Until the first answer requests wait, but not longer
/// than `patience`; a later question leaves the answer before it in use meanwhile.
class ProxyLookup final : public QObject {
    Q_OBJECT

public:
    /// Without a finder nothing is looked up.
    ProxyLookup(const QUrl &address, ProxyFinder finder, Clock &clock);

    /// Calls `then` when the way is known, at once where it is. Not any more when the asker is gone.
    void whenKnown(QObject *asker, std::function<void()> then);
    const Way &way() const { return m_way; }
    void askAgain(); ///< the network may be another one

    /// What the environment says, else what the desktop's settings say.
    static FoundProxies askSystem(const QUrl &address);
    static constexpr Duration patience = std::chrono::seconds(5);

private:
    struct Waiting {
        QPointer<QObject> asker;
        std::function<void()> then;
    };

    void ask();
    void take(const FoundProxies &found);
    void settle(const Way &way);

    QUrl m_address;
    ProxyFinder m_finder;
    Clock &m_clock;
    Way m_way;
    bool m_isKnown = false;
    bool m_isAsking = false;
    bool m_isOutdated = false; ///< what is being asked began before the network changed
    std::vector<Waiting> m_waiting;
};
