#include "app/gateway/oneshotbody.h"

#include <algorithm>
#include <cstring>

qint64 OneShotBody::readData(char *data, qint64 most)
{
    const qint64 length = std::min(most, m_bytes.size() - m_position);
    if (length <= 0)
        return m_bytes.isEmpty() || atEnd() ? -1 : 0;
    std::memcpy(data, m_bytes.constData() + m_position, size_t(length));
    m_position += length;
    return length;
}
