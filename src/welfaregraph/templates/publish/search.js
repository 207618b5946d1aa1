// Searches the names of a publication: every word must stand in a name. No request leaves the page.
(function () {
  "use strict";
  var MOST = 200, names = [];
  var input = document.getElementById("words");
  var list = document.getElementById("found");
  var told = document.getElementById("told");

  // As the keys were made: NFKC, small letters, no blanks.
  function key(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function show() {
    var words = key(input.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    told.textContent = "";
    if (!words.length) { return; }
    var found = names.filter(function (row) {
      return words.every(function (word) { return row[0].indexOf(word) >= 0; });
    });
    found.slice(0, MOST).forEach(function (row) {
      var item = document.createElement("li"), link = document.createElement("a");
      var kind = document.createElement("span");
      link.href = row[3];
      link.textContent = row[1];
      kind.className = "quiet";
      kind.textContent = " " + row[2];
      item.append(link, kind);
      list.append(item);
    });
    var words_for = found.length ? input.dataset.found : input.dataset.none;
    told.textContent = words_for.replace("%", String(found.length)) +
      (found.length > MOST ? " " + input.dataset.more.replace("%", String(MOST)) : "");
    history.replaceState(null, "", "#" + encodeURIComponent(input.value));
  }

  // Each file of names calls this.
  window.welfaregraphNames = function (rows) {
    names = names.concat(rows);
    show();
  };
  input.addEventListener("input", show);
  try { input.value = decodeURIComponent(location.hash.slice(1)); } catch (error) { input.value = ""; }
}());
