#include "app/types/ticker.h"

using namespace std::chrono_literals;

Ticker::Ticker(Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    wait();
}

void Ticker::setInFront(bool inFront)
{
    m_isInFront = inFront;
}

void Ticker::wait()
{
    m_clock.after(m_isInFront ? 1s : 3s, this, [this] {
        wait(); // first: who is told may do anything
        Q_EMIT ticked(m_clock.now());
    });
}
