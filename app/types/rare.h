#pragma once

#include <memory>
#include <optional>

/// An optional value that most owners do not have: costs two pointers until then. Copies share it until one changes.
template <class Value> class Rare {
public:
    Rare() = default;
    Rare(std::nullopt_t) { }
    Rare(const Value &value) : m_value(std::make_shared<Value>(value)) { }

    bool has_value() const { return m_value != nullptr; }
    explicit operator bool() const { return has_value(); }
    operator std::optional<Value>() const { return m_value ? std::optional(*m_value) : std::nullopt; }
    void reset() { m_value.reset(); }
    const Value &operator*() const { return *m_value; }
    const Value *operator->() const { return m_value.get(); }
    Value &operator*()
    {
        if (m_value.use_count() > 1)
            m_value = std::make_shared<Value>(*m_value);
        return *m_value;
    }
    Value *operator->() { return &**this; }
    bool operator==(const Rare &other) const
    {
        return m_value == other.m_value || (m_value && other.m_value && *m_value == *other.m_value);
    }

private:
    std::shared_ptr<Value> m_value;
};
