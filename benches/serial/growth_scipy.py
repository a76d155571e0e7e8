"""Growth, its profile-likelihood interval, sizes and times of fixed clones, by scipy: the figures of the tests in src/serial/growth.rs and fold.rs.

python3 -m pip install scipy && python3 benches/serial/growth_scipy.py
"""

from math import exp, inf, log

from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import expit, logit
from scipy.stats import betabinom, binom, chi2

LOSS = chi2.ppf(0.95, 1) / 2


def log_probability(sight, vaf, concentration):
    kind, k, n = sight
    vaf = min(max(vaf, 1e-12), 1 - 1e-12)
    if concentration is None:
        return binom.logpmf(k, n, vaf) if kind == "counted" else binom.logcdf(k - 1, n, vaf)
    a, b = vaf * concentration, (1 - vaf) * concentration
    return betabinom.logpmf(k, n, a, b) if kind == "counted" else betabinom.logcdf(k - 1, n, a, b)


class Clone:
    def __init__(self, visits, ceiling=0.5, concentration=None):
        self.visits, self.ceiling, self.concentration = visits, ceiling, concentration
        start = (logit(0.1), 0.0)
        found = [minimize(lambda x: -self.log_likelihood(*x), (u, b), method="Nelder-Mead",
                          options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000})
                 for u in (start[0], -4.0) for b in (-0.3, 0.0, 0.3)]
        self.best = min(found, key=lambda f: f.fun)
        self.level, self.rate = self.best.x

    def log_likelihood(self, level, rate):
        return sum(log_probability(s, self.ceiling * expit(level + rate * t), self.concentration) for t, s in self.visits)

    def at_rate(self, rate):
        return max(-minimize_scalar(lambda u: -self.log_likelihood(u, rate), bounds=(lo, hi), method="bounded",
                                    options={"xatol": 1e-10}).fun for lo, hi in ((-40, -12), (-20, -6), (-12, 0), (-6, 6)))

    def through(self, time, vaf):
        wanted = logit(vaf / self.ceiling)
        return max(-minimize_scalar(lambda b: -self.log_likelihood(wanted - b * time, b), bounds=bounds, method="bounded",
                                    options={"xatol": 1e-10}).fun for bounds in ((-2, 2), (-0.5, 0.5), (0, 0.5)))

    def interval(self, profile, best, low, high):
        bound = -self.best.fun - LOSS
        ends = []
        for end in (low, high):
            above = lambda x: profile(x) - bound
            ends.append(brentq(above, best, end, xtol=1e-9) if above(end) < 0 else None)
        return ends

    def growth(self):
        return self.rate, *self.interval(self.at_rate, self.rate, self.rate - 4, self.rate + 4)

    def vaf_at(self, time):
        best = self.level + self.rate * time
        ends = self.interval(lambda x: self.through(time, self.ceiling * expit(x)), best, best - 6, best + 6)
        return tuple(self.ceiling * expit(x) for x in (best, *ends))

    def reaches(self, vaf, now):
        best = (logit(vaf / self.ceiling) - self.level) / self.rate
        low, high = self.interval(lambda t: self.through(t, vaf), best, now, now + 50)
        return best - now, None if low is None else low - now, None if high is None else high - now


def fold(first, second, concentration=None):
    def at(log_fold):
        most = min(0.0, -log_fold)
        both = lambda x: -(log_probability(first, exp(x), concentration) + log_probability(second, exp(x + log_fold), concentration))
        return max(-minimize_scalar(both, bounds=(lo, most - 1e-12), method="bounded", options={"xatol": 1e-11}).fun
                   for lo in (most - 3, most - 8, most - 14))
    grid = [i / 50 for i in range(-400, 401)]
    start = max(grid, key=at)
    best = minimize_scalar(lambda x: -at(x), bounds=(start - 0.1, start + 0.1), method="bounded", options={"xatol": 1e-11})
    bound = -best.fun - LOSS
    ends = []
    for end in (-8.0, 8.0):
        above = lambda x: at(x) - bound
        ends.append(exp(brentq(above, best.x, end, xtol=1e-10)) if above(end) < 0 else None)
    return exp(best.x), *ends


def counted(k, n):
    return ("counted", k, n)


def fewer(k, n):
    return ("fewer", k, n)


STEADY = [(0.0, counted(20, 1000)), (1.0, counted(31, 1200)), (2.5, counted(52, 1100)), (4.0, counted(90, 1300))]
BOUNDED = [(0.0, fewer(3, 800)), (1.2, counted(9, 900)), (2.0, counted(25, 1000)), (3.1, counted(60, 1000))]
SHRINKING = [(0.0, counted(300, 1000)), (0.5, counted(90, 1000)), (1.0, counted(12, 1500))]
LARGE = [(0.0, counted(380, 1000)), (2.0, counted(440, 1000)), (4.0, counted(480, 1000))]

if __name__ == "__main__":
    for name, clone in [
        ("steady", Clone(STEADY)),
        ("steady, all copies", Clone(STEADY, ceiling=1.0)),
        ("steady, concentration 800", Clone(STEADY, concentration=800.0)),
        ("bounded", Clone(BOUNDED)),
        ("bounded, concentration 800", Clone(BOUNDED, concentration=800.0)),
        ("shrinking", Clone(SHRINKING)),
        ("large", Clone(LARGE)),
    ]:
        print(name, clone.growth(), "log likelihood", -clone.best.fun)
    steady = Clone(STEADY)
    print("vaf at 6", steady.vaf_at(6.0))
    print("10 %", steady.reaches(0.1, 4.0), "20 %", steady.reaches(0.2, 4.0))
    print("log probabilities", log_probability(fewer(3, 800), 0.004, None), log_probability(fewer(3, 800), 0.004, 800.0))
    print("fold", fold(counted(40, 1000), counted(10, 1000)), fold(counted(40, 1000), counted(10, 1000), 500.0))
    print("fold to below", fold(counted(40, 1000), fewer(3, 1000)))
