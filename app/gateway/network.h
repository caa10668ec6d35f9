#pragma once

#include <QNetworkAccessManager>

#include <functional>
#include <memory>

class NetworkWatch;

/// Makes the access managers: real ones, or a test's.
using NetworkFactory = std::function<std::unique_ptr<QNetworkAccessManager>()>;

/// The machine's network, as all channels share it. What is null is not there: nothing tells that connections are old.
struct Network {
    template <class Makes>
        requires std::is_convertible_v<Makes, NetworkFactory>
    Network(Makes makes, NetworkWatch *watches = nullptr)
        : managers(std::move(makes))
        , watch(watches)
    {
    }

    NetworkFactory managers;
    NetworkWatch *watch;
};
