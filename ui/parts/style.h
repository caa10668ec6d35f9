#pragma once

class QApplication;

/// Fusion with our style sheet, which follows the desktop's palette: built again whenever that changes (light, dark,
/// high contrast). What the sheet looks for is listed at the top of resources/stopdesk.qss.
void applyStyle(QApplication &application);
