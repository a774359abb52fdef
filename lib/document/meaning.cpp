#include "document/meaning.hpp"

#include <algorithm>
#include <utility>

namespace taizhang::document {

namespace {

/// As a value that stands in no text: no record is found in it.
Value detached(Value value) {
  value.span = {};
  if (Array* array = value.array()) {
    array->of_tables = false;
    for (Value& item : array->items) item = detached(std::move(item));
  }
  if (Table* table = value.table()) {
    table->is_inline = true;
    for (Member& member : table->members) member.value = detached(std::move(member.value));
  }
  return value;
}

class Meaning {
 public:
  Meaning(const Document& document, Diagnostics& refusals)
      : document_(document), root_(document.root), refusals_(refusals) {}

  void carry_out(const Change& change) {
    std::visit([this](const auto& one) { apply(one); }, change);
  }

  Table take() { return std::move(root_); }

 private:
  void refuse(Span at, std::string_view code, std::string_view subject) {
    refusals_.push_back(refusal(document_, at, code, std::string(subject)));
  }

  Table* record(Span span) {
    const Table* found = find_record(document_, root_, span);
    if (!found) refuse(span, "edit-record-missing", {});
    return const_cast<Table*>(found);  // it lies in root_
  }

  /// The value that a change may replace or add to.
  Value* held(Span span, const Key& key) {
    Table* table = record(span);
    if (!table) return nullptr;
    const Held found = find_value(*table, key);
    if (!found.value) {
      refuse(span, "edit-key-missing", write_key(key));
      return nullptr;
    }
    const Table* inner = found.value->table();
    const Array* array = found.value->array();
    if ((inner && !inner->is_inline) || (array && array->of_tables)) {
      refuse(span, "edit-shape", write_key(key));
      return nullptr;
    }
    return const_cast<Value*>(found.value);  // it lies in root_
  }

  bool may_write(Span at, const Key& key, const Value& value) {
    Value name;
    Array& parts = name.data.emplace<Array>();
    for (const std::string& part : key) parts.items.push_back({part, {}});
    if (!key.empty() && is_writable(name) && is_writable(value)) return true;
    refuse(at, "edit-unwritable", is_writable(name) ? write_key(key) : std::string{});
    return false;
  }

  bool put(Table& table, Span at, const Key& key, const Value& value) {
    Table* into = &table;
    for (std::size_t i = 0; i < key.size(); ++i) {
      const bool leaf = i + 1 == key.size();
      Member* member = const_cast<Member*>(into->find(key[i]));  // it lies in `table`
      if (!member) {
        member = &into->members.emplace_back();
        member->key = key[i];
        if (!leaf) member->value.data = Table{};
        else member->value = detached(value);
      } else if (leaf) {
        refuse(at, "edit-key-exists", write_key(key));
        return false;
      }
      Table* next = member->value.table();
      if (leaf) return true;
      if (!next || next->is_inline) {
        refuse(at, "edit-shape", write_key(key));
        return false;
      }
      into = next;
    }
    return false;
  }

  void apply(const SetValue& change) {
    Value* value = held(change.record, change.key);
    if (!value || !may_write(change.record, change.key, change.value)) return;
    value->data = detached(change.value).data;
  }

  void apply(const InsertKey& change) {
    Table* table = record(change.record);
    if (!table || !may_write(change.record, change.key, change.value)) return;
    put(*table, change.record, change.key, change.value);
  }

  void apply(const RemoveKey& change) {
    Table* table = record(change.record);
    if (!table || !held(change.record, change.key)) return;
    remove(*table, change.key, 0);
  }

  /// Tables that dotted keys made end with their last key.
  static void remove(Table& table, const Key& key, std::size_t part) {
    const auto found = std::ranges::find(table.members, key[part], &Member::key);
    if (part + 1 < key.size()) {
      Table& inner = *found->value.table();
      remove(inner, key, part + 1);
      if (!inner.members.empty() || inner.is_inline) return;
    }
    table.members.erase(found);
  }

  void apply(const Append& change) {
    Value* value = held(change.record, change.key);
    if (!value || !may_write(change.record, change.key, change.value)) return;
    if (Array* array = value->array()) array->items.push_back(detached(change.value));
    else refuse(change.record, "edit-shape", write_key(change.key));
  }

  void apply(const InsertRecord& change) {
    const After* after = std::get_if<After>(&change.where);
    const Span at = after ? after->record : top_level;
    // A place outlasts the record that stood there.
    if (after && !find_record(document_, document_.root, at))
      return refuse(at, "edit-record-missing", {});
    const NewRecord& made = change.record;
    if (!may_write(at, {made.name}, Value{})) return;
    Value value;
    value.span = standing(document_, change.where);
    Table& table = value.data.emplace<Table>();
    for (const NewMember& member : made.members)
      if (!may_write(at, member.key, member.value) || !put(table, at, member.key, member.value))
        return;
    Member* member = const_cast<Member*>(root_.find(made.name));  // it lies in root_
    if (member && !made.repeated) return refuse(at, "edit-record-exists", made.name);
    if (!member) {
      member = &root_.members.emplace_back();
      member->key = made.name;
      if (!made.repeated) {
        member->value = std::move(value);
        return;
      }
      member->value.data = Array{{}, true};
    }
    Array* array = member->value.array();
    if (!array || !array->of_tables) return refuse(at, "edit-shape", made.name);
    const auto place = std::ranges::upper_bound(
        array->items, std::pair{value.span.begin, value.span.end}, {}, [](const Value& item) {
          return std::pair{item.span.begin, item.span.end};
        });
    array->items.insert(place, std::move(value));
  }

  void apply(const RemoveRecord& change) {
    if (change.record == top_level) return refuse(change.record, "edit-record-missing", {});
    if (record(change.record)) erase(root_, change.record);
  }

  /// Tables and arrays that only the record made end with it.
  bool erase(Table& table, Span span) {
    for (auto member = table.members.begin(); member != table.members.end(); ++member) {
      const Erased erased = erase_in(member->value, span);
      if (erased == Erased::no) continue;
      if (erased == Erased::all) table.members.erase(member);
      return true;
    }
    return false;
  }

  enum class Erased : std::uint8_t { no, part, all };

  Erased erase_in(Value& value, Span span) {
    if (Array* array = value.array(); array && array->of_tables) {
      for (auto item = array->items.begin(); item != array->items.end(); ++item) {
        const Erased erased = item->span == span ? Erased::all : erase_in(*item, span);
        if (erased == Erased::no) continue;
        // An item has a header of its own, so it stays though nothing is left in it.
        if (item->span == span) array->items.erase(item);
        return array->items.empty() ? Erased::all : Erased::part;
      }
      return Erased::no;
    }
    Table* table = value.table();
    if (!table || table->is_inline) return Erased::no;
    if (value.span == span) return Erased::all;
    if (!erase(*table, span)) return Erased::no;
    const bool has_header = value.span.begin < document_.source.text().size() &&
                            document_.source.text()[value.span.begin] == '[';
    return table->members.empty() && !has_header ? Erased::all : Erased::part;
  }

  const Document& document_;
  Table root_;
  Diagnostics& refusals_;
};

}  // namespace

Table meaning_after(const Document& document, const std::vector<Change>& changes,
                    Diagnostics& refusals) {
  Meaning meaning(document, refusals);
  for (const Change& change : changes) meaning.carry_out(change);
  return meaning.take();
}

}  // namespace taizhang::document
