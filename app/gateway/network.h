#pragma once

#include "app/gateway/headwatch.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

#include <functional>
#include <memory>

class NetworkWatch;

/// Makes the access managers: real ones, or a test's.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

/// The proxies for an address, the one to use first.
struct FoundProxies {
    FoundProxies(const QList<QNetworkProxy> &found = {}, const QString &why = {}) : proxies(found), trouble(why) {}

    QList<QNetworkProxy> proxies;
    QString trouble; ///< why the one that is wanted cannot be used, in words and without its password: no request leaves
};

/// Asked in other threads, where it may take its time.
using ProxyFinder = std::function<FoundProxies(const QUrl &address)>;

/// The machine's network, as all channels share it. What is null is not there: nobody tells that connections are old,
/// and Qt looks for proxies by itself.
struct Network {
    template <class Makes>
        requires std::is_convertible_v<Makes, NetworkFactory>
    Network(Makes makes, NetworkWatch *watches = nullptr, ProxyFinder finds = {})
        : managers(std::move(makes))
        , watch(watches)
        , proxies(std::move(finds))
    {
    }

    NetworkFactory managers;
    NetworkWatch *watch;
    ProxyFinder proxies;
    std::shared_ptr<HeadWatch> heads = std::make_shared<HeadWatch>();
};
