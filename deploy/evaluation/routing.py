"""How well routing would do once it has learned from a company's own history.

Letters in runs of two to four say where a text belongs, in Korean as in English; a linear separator over them, in which
a small department weighs as much as a large one. `online` is the same seen the other way: each text is first routed,
then learned, as it would be from the customer office's corrections day by day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from deploy.evaluation.text import Text

SEED: Final = 1
RUNS: Final = (2, 4)
FEW: Final = 100
"""Of fewer texts every run of letters counts; of more only those that stand in two."""
BATCH: Final = 0.3
"""How closely the separator follows what it learns all at once (`C`: the more the closer)."""
ONLINE: Final = 3e-4
"""How far it stays from what it learns one by one (`alpha`: the more the farther)."""
PLACES: Final = 2**16
ROUNDS: Final = 5
BEST: Final = 3


@dataclass(frozen=True, slots=True)
class RoutingFigures:
    """`accuracy`: the first choice was right; `top3`: one of the best three was. `macro_f1` counts every label alike.

    `new` are tested texts of a label that was never learned, which count as wrong.
    """

    trained: int
    tested: int
    labels: int
    new: int
    accuracy: float
    macro_f1: float
    top3: float
    online: bool


class Router(Protocol):
    """Orders labels for texts."""

    labels: Sequence[str]

    def scores(self, texts: Sequence[Text]) -> Any:
        """One row a text, one column a label, the higher the better."""
        ...


class Learned:
    """Learns everything at once."""

    def __init__(self, train: Sequence[Text]) -> None:
        self._runs = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=RUNS,
            min_df=2 if len(train) > FEW else 1,
            sublinear_tf=True,
            dtype=np.float32,
        )
        self._separator = LinearSVC(C=BATCH, class_weight="balanced", random_state=SEED)
        self._separator.fit(self._runs.fit_transform([each.text for each in train]), [each.label for each in train])
        self.labels: Sequence[str] = list(self._separator.classes_)

    def scores(self, texts: Sequence[Text]) -> Any:
        """As the seam says."""
        return _by_label(self._separator.decision_function(self._runs.transform([each.text for each in texts])))


class Learning:
    """Learns a text at a time, after it was asked for it."""

    def __init__(self, train: Sequence[Text], test: Sequence[Text]) -> None:
        self.labels: Sequence[str] = sorted({each.label for each in (*train, *test)})
        counted = HashingVectorizer(
            analyzer="char_wb", ngram_range=RUNS, n_features=PLACES, alternate_sign=False, norm=None, dtype=np.float32
        )
        self._runs = make_pipeline(counted, TfidfTransformer(sublinear_tf=True))
        self._separator = SGDClassifier(loss="modified_huber", alpha=ONLINE, random_state=SEED)
        known, order = self._runs.fit_transform([each.text for each in train]), np.random.default_rng(SEED)
        labels = np.array([each.label for each in train])
        for _ in range(ROUNDS):
            mixed = order.permutation(len(train))
            self._separator.partial_fit(known[mixed], labels[mixed], classes=self.labels)

    def scores(self, texts: Sequence[Text]) -> Any:
        """As the seam says; each text is learned before the next one is asked for."""
        told = []
        for text in texts:
            read = self._runs.transform([text.text])
            told.append(_by_label(self._separator.decision_function(read))[0])
            self._separator.partial_fit(read, [text.label])
        return np.array(told)


def measure(train: Sequence[Text], test: Sequence[Text], *, online: bool) -> RoutingFigures:
    """Learn `train`, route `test`. `train` has two labels or more, `test` a text or more."""
    router: Router = Learning(train, test) if online else Learned(train)
    ordered = np.array(router.labels)[np.argsort(-router.scores(test), axis=1)]
    right, first = np.array([each.label for each in test]), ordered[:, 0]
    learned = {each.label for each in train}
    return RoutingFigures(
        trained=len(train),
        tested=len(test),
        labels=len(learned),
        new=sum(each.label not in learned for each in test),
        accuracy=float((first == right).mean()),
        macro_f1=float(f1_score(right, first, average="macro")),
        top3=float((ordered[:, :BEST] == right[:, None]).any(axis=1).mean()),
        online=online,
    )


def _by_label(scores: Any) -> Any:
    """One column a label, also where there are two labels, of which the library scores only the second."""
    return scores if scores.ndim == 2 else np.column_stack([-scores, scores])
