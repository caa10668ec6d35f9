#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

/// Does `work` in another thread and hands its value to `then` in this one: once, later, and not after the asker is
/// gone. `work` must own all that it touches, no QObject among it: it may outlive everybody.
template <class Value>
void workInBackground(QObject *asker, std::function<Value()> work, std::function<void(const Value &)> then)
{
    auto *watcher = new QFutureWatcher<Value>(asker);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        const Value value = watcher->result();
        const auto answer = then; // `then` may end the asker, and this closure with it
        answer(value);
    });
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    watcher->setFuture(promise->future());
    QThreadPool::globalInstance()->start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
}
