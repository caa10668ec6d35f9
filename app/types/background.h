#pragma once

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>

#include <functional>
#include <memory>

/// The threads for work that would keep the window waiting. Not Qt's own pool: Qt paints with that, and a window would
/// wait for our work there.
QThreadPool &backgroundThreads();

/// Does `work` in another thread and hands its value to `then` in this one: once, later, and not after the asker is
/// gone. `work` must own all that it touches, no QObject among it: it may outlive everybody.
template <class Value>
void workInBackground(QObject *asker, std::function<Value()> work, std::function<void(const Value &)> then)
{
    auto *watcher = new QFutureWatcher<Value>(asker);
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, [watcher, then = std::move(then)] {
        watcher->deleteLater();
        const Value value = watcher->result();
        const auto answer = then; // it may end the asker, and this closure with it
        answer(value);
    });
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    watcher->setFuture(promise->future());
    backgroundThreads().start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
}
