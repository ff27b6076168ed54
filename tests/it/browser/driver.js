// Goes through the filters of the report as a reader would, and counts what is seen that should not be, and what is not.
(function () {
  var all = function (of, what) { return Array.prototype.slice.call(of.querySelectorAll(what)); };
  var form = document.getElementById("filter");
  var findings = all(document, ".finding");
  var search = form.querySelector("[type=search]");
  var said = [], slowest = 0;
  var say = function (key, value) { said.push(key + "=" + value); };
  var isSeen = function (row) {
    for (var at = row; at && at !== document; at = at.parentNode) { if (at.hidden) { return false; } }
    return true;
  };
  var change = function (control, value) {
    if (control.type === "checkbox") { control.checked = value; } else { control.value = value; }
    var before = performance.now();
    control.dispatchEvent(new Event("change", { bubbles: true }));
    control.dispatchEvent(new Event("input", { bubbles: true }));
    slowest = Math.max(slowest, performance.now() - before);
  };
  // Counts the rows that are seen although they should not be, or the other way round.
  var wrong = function (meant) {
    return findings.filter(function (row) { return isSeen(row) !== meant(row); }).length;
  };
  var tryAll = function (what, control, values, meant) {
    var n = 0;
    values.forEach(function (value) {
      change(control, value);
      n += wrong(function (row) { return meant(row, value); });
    });
    change(control, "");
    say(what + "-tried", values.length);
    say(what + "-wrong", n + wrong(function () { return true; }));
  };
  var options = function (name) {
    return all(form.elements[name], "option").map(function (o) { return o.value; }).filter(Boolean);
  };
  var branchOf = function (row) { return row.closest(".branch"); };
  say("shown", !form.hidden);
  say("findings", findings.length);
  say("followers", all(document, ".follows > div").length);
  tryAll("unit", form.elements.unit, options("unit"), function (row, unit) { return branchOf(row).dataset.unit === unit; });
  tryAll("branch", form.elements.branch, options("branch").slice(0, 12), function (row, branch) {
    return branchOf(row).dataset.branch === branch || row.dataset.branch === branch;
  });
  tryAll("code", form.elements.code, options("code"), function (row, code) {
    return row.dataset.code.split(" ").indexOf(code) >= 0;
  });
  var words = findings.slice(0, 5).map(function (row) { return row.children[2].textContent.trim().slice(0, 4).toLowerCase(); });
  words = words.filter(Boolean);
  tryAll("search", search, words.concat(["\u6ca1\u6709\u8fd9\u6837\u7684\u8bdd"]), function (row, word) {
    var head = row.closest(".file").querySelector("h4");
    var title = row.closest("section").querySelector("h2").textContent + branchOf(row).querySelector("h3").textContent;
    return (title + (head ? head.textContent : "") + row.textContent).toLowerCase().indexOf(word) >= 0;
  });
  var boxes = all(form, "[type=checkbox]"), n = 0;
  boxes.forEach(function (box) {
    change(box, false);
    n += wrong(function (row) { return row.dataset.severity !== box.value; });
    change(box, true);
  });
  say("severity-tried", boxes.length);
  say("severity-wrong", n);
  var unfolds = function (what) {
    var folded = document.querySelector(what), inner = folded && folded.querySelector("summary ~ *");
    if (!inner) { return false; }
    var before = folded.open || inner.checkVisibility();
    folded.querySelector("summary").click();
    return !before && folded.open && inner.checkVisibility();
  };
  say("unfolds", unfolds("details.follows"));
  say("alike-unfolds", unfolds("details.alike"));
  say("slowest", Math.round(slowest));
  document.title = said.join(";");
})();
