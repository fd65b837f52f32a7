"""The walk over the words of a sentence from left to right, each figure to its subject.

Each module is a layer that calls only those below: sentence, ranks, lists, figures,
subjects, links, state.
"""

from provstats.reports.walk.sentence import read_sentence

__all__ = ["read_sentence"]
