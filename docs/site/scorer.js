// What a search puts first: the indicators, and what is written, before the documents.
var Scorer = {
  score: ([docname, , , , score]) => score + (docname.startsWith("indicators/") ? 10 : 0)
    - (docname.startsWith("documents/") ? 10 : 0),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
