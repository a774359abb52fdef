#include "render/xlsx_library.hpp"

#include "base/library.hpp"

namespace taizhang::render {

XlsxLibrary::XlsxLibrary() {
  const Library library{TAIZHANG_XLSX_LIBRARY};
  library.find("workbook_new", workbook_new);
  library.find("workbook_add_worksheet", workbook_add_worksheet);
  library.find("workbook_add_format", workbook_add_format);
  library.find("workbook_set_properties", workbook_set_properties);
  library.find("workbook_close", workbook_close);
  library.find("worksheet_write_string", worksheet_write_string);
  library.find("worksheet_write_number", worksheet_write_number);
  library.find("worksheet_write_datetime", worksheet_write_datetime);
  library.find("worksheet_write_blank", worksheet_write_blank);
  library.find("worksheet_merge_range", worksheet_merge_range);
  library.find("worksheet_set_column", worksheet_set_column);
  library.find("worksheet_set_row", worksheet_set_row);
  library.find("worksheet_freeze_panes", worksheet_freeze_panes);
  library.find("worksheet_set_landscape", worksheet_set_landscape);
  library.find("worksheet_set_paper", worksheet_set_paper);
  library.find("worksheet_set_margins", worksheet_set_margins);
  library.find("worksheet_fit_to_pages", worksheet_fit_to_pages);
  library.find("worksheet_repeat_rows", worksheet_repeat_rows);
  library.find("worksheet_set_footer", worksheet_set_footer);
  library.find("worksheet_center_horizontally", worksheet_center_horizontally);
  library.find("worksheet_ignore_errors", worksheet_ignore_errors);
  library.find("worksheet_autofilter", worksheet_autofilter);
  library.find("worksheet_insert_chart", worksheet_insert_chart);
  library.find("workbook_add_chart", workbook_add_chart);
  library.find("chart_add_series", chart_add_series);
  library.find("chart_series_set_categories", chart_series_set_categories);
  library.find("chart_series_set_values", chart_series_set_values);
  library.find("chart_series_set_labels", chart_series_set_labels);
  library.find("chart_title_set_name", chart_title_set_name);
  library.find("chart_legend_set_position", chart_legend_set_position);
  library.find("chart_axis_set_reverse", chart_axis_set_reverse);
  library.find("chart_series_set_labels_position", chart_series_set_labels_position);
  library.find("chart_axis_set_max", chart_axis_set_max);
  library.find("chart_axis_set_num_format", chart_axis_set_num_format);
  library.find("chart_axis_major_gridlines_set_visible", chart_axis_major_gridlines_set_visible);
  library.find("format_set_font_name", format_set_font_name);
  library.find("format_set_font_size", format_set_font_size);
  library.find("format_set_font_color", format_set_font_color);
  library.find("format_set_bold", format_set_bold);
  library.find("format_set_indent", format_set_indent);
  library.find("format_set_bg_color", format_set_bg_color);
  library.find("format_set_border", format_set_border);
  library.find("format_set_border_color", format_set_border_color);
  library.find("format_set_align", format_set_align);
  library.find("format_set_text_wrap", format_set_text_wrap);
  library.find("format_set_num_format", format_set_num_format);
}

}  // namespace taizhang::render
