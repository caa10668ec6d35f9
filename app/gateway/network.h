#pragma once

#include <QList>
#include <QNetworkAccessManager>

#include <functional>
#include <memory>

class NetworkWatch;
class QNetworkProxy;

/// Makes the access managers: real ones, or a test's.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

/// The proxies for an address, the one to use first. Asked in other threads, where it may take its time.
using ProxyFinder = std::function<QList<QNetworkProxy>(const QUrl &address)>;

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
};
