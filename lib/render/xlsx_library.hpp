#pragma once

#include <xlsxwriter.h>

namespace taizhang::render {

/// The functions of libxlsxwriter that we use, found when the first workbook is made: the library
/// brings others along that would delay every start of the program.
struct XlsxLibrary {
  /// Failure: library-missing.
  XlsxLibrary();

  decltype(&::workbook_new) workbook_new = nullptr;
  decltype(&::workbook_add_worksheet) workbook_add_worksheet = nullptr;
  decltype(&::workbook_add_format) workbook_add_format = nullptr;
  decltype(&::workbook_set_properties) workbook_set_properties = nullptr;
  decltype(&::workbook_close) workbook_close = nullptr;
  decltype(&::worksheet_write_string) worksheet_write_string = nullptr;
  decltype(&::worksheet_write_number) worksheet_write_number = nullptr;
  decltype(&::worksheet_write_datetime) worksheet_write_datetime = nullptr;
  decltype(&::worksheet_write_blank) worksheet_write_blank = nullptr;
  decltype(&::worksheet_merge_range) worksheet_merge_range = nullptr;
  decltype(&::worksheet_set_column) worksheet_set_column = nullptr;
  decltype(&::worksheet_set_row) worksheet_set_row = nullptr;
  decltype(&::worksheet_freeze_panes) worksheet_freeze_panes = nullptr;
  decltype(&::worksheet_set_landscape) worksheet_set_landscape = nullptr;
  decltype(&::worksheet_set_paper) worksheet_set_paper = nullptr;
  decltype(&::worksheet_set_margins) worksheet_set_margins = nullptr;
  decltype(&::worksheet_fit_to_pages) worksheet_fit_to_pages = nullptr;
  decltype(&::worksheet_repeat_rows) worksheet_repeat_rows = nullptr;
  decltype(&::worksheet_set_footer) worksheet_set_footer = nullptr;
  decltype(&::worksheet_center_horizontally) worksheet_center_horizontally = nullptr;
  decltype(&::worksheet_ignore_errors) worksheet_ignore_errors = nullptr;
  decltype(&::worksheet_autofilter) worksheet_autofilter = nullptr;
  decltype(&::worksheet_insert_chart) worksheet_insert_chart = nullptr;
  decltype(&::workbook_add_chart) workbook_add_chart = nullptr;
  decltype(&::chart_add_series) chart_add_series = nullptr;
  decltype(&::chart_series_set_categories) chart_series_set_categories = nullptr;
  decltype(&::chart_series_set_values) chart_series_set_values = nullptr;
  decltype(&::chart_series_set_labels) chart_series_set_labels = nullptr;
  decltype(&::chart_title_set_name) chart_title_set_name = nullptr;
  decltype(&::chart_legend_set_position) chart_legend_set_position = nullptr;
  decltype(&::chart_axis_set_reverse) chart_axis_set_reverse = nullptr;
  decltype(&::chart_series_set_labels_position) chart_series_set_labels_position = nullptr;
  decltype(&::chart_axis_set_max) chart_axis_set_max = nullptr;
  decltype(&::chart_axis_set_num_format) chart_axis_set_num_format = nullptr;
  decltype(&::chart_axis_major_gridlines_set_visible) chart_axis_major_gridlines_set_visible =
      nullptr;
  decltype(&::format_set_font_name) format_set_font_name = nullptr;
  decltype(&::format_set_font_size) format_set_font_size = nullptr;
  decltype(&::format_set_font_color) format_set_font_color = nullptr;
  decltype(&::format_set_bold) format_set_bold = nullptr;
  decltype(&::format_set_indent) format_set_indent = nullptr;
  decltype(&::format_set_bg_color) format_set_bg_color = nullptr;
  decltype(&::format_set_border) format_set_border = nullptr;
  decltype(&::format_set_border_color) format_set_border_color = nullptr;
  decltype(&::format_set_align) format_set_align = nullptr;
  decltype(&::format_set_text_wrap) format_set_text_wrap = nullptr;
  decltype(&::format_set_num_format) format_set_num_format = nullptr;
};

}  // namespace taizhang::render
