#include "app/demo/httprequest.h"

#include <boost/beast/http/basic_parser.hpp>

namespace demo {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

QByteArray copied(string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

/// Beast's parser, writing into an HttpRequest. What it calls is pure virtual there, so that a wrong signature
/// does not compile; none is marked as override because trailers are told apart only from Boost 1.90 on.
class RequestParser : public http::basic_parser<true> {
public:
    explicit RequestParser(HttpRequest &request)
        : m_request(request)
    {
        header_limit(64 * 1024);
        body_limit(64 * 1024);
        eager(true);
    }

private:
    void on_request_impl(http::verb, string_view method, string_view target, int version, error_code &)
    {
        m_request.method = copied(method);
        m_request.path = copied(target);
        m_request.keepsOpen = version == 11;
    }
    void on_field_impl(http::field, string_view name, string_view value, error_code &)
    {
        m_request.headers.append({copied(name), copied(value)});
    }
    std::size_t on_body_impl(string_view piece, error_code &)
    {
        m_request.body += copied(piece);
        return piece.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code &error)
    {
        return on_body_impl(piece, error);
    }
    void on_finish_impl(error_code &) { m_request.keepsOpen = m_request.keepsOpen && keep_alive(); }

    void on_response_impl(int, string_view, int, error_code &) { }
    void on_trailer_field_impl(http::field, string_view, string_view, error_code &) { }
    void on_header_impl(error_code &) { }
    void on_body_init_impl(const boost::optional<std::uint64_t> &, error_code &) { }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code &) { }

    HttpRequest &m_request;
};

}

QByteArray HttpRequest::header(const char *name) const
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

std::optional<HttpRequest> takeRequest(QByteArray &bytes, int &refusal)
{
    HttpRequest request;
    RequestParser parser(request);
    error_code error;
    const std::size_t length = parser.put({bytes.constData(), std::size_t(bytes.size())}, error);
    const bool isWaiting = !error || error == http::error::need_more;
    refusal = isWaiting                          ? 0
        : error == http::error::header_limit     ? 431
        : error == http::error::body_limit       ? 413
                                                 : 400;
    if (!isWaiting || !parser.is_done()) {
        return std::nullopt;
    }
    bytes.remove(0, qsizetype(length));
    return request;
}

}
