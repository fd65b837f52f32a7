# %% [markdown]
# # What do the boasts of rank amount to?
#
# Reports like to say where they stand: first in the nation, 1.8 points above it, thirteenth.
# `ps.check_claims` holds every such claim in the data against the figures of the data. The answer
# is "consistent", "contradicted" or, where a figure is missing, "undecidable", with the reason.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))
ps.set_language("en")
names = ps.regions().set_index("code")["name_en"]

claims = ps.check_claims()
claims["region"] = claims["region"].map(names)
claims["claims"] = claims["indicator"].str.extract("_(rank|gap)$")
firsts = claims.query("claims == 'rank' and value == 1")
print(f"{len(claims)} claims of {claims['region'].nunique()} provinces, "
      f"{len(firsts)} of them to be first")  # fmt: skip
show(claims.groupby(["claims", "verdict", "reason"]).size().rename("count").to_frame())

# %% [markdown]
# Of 44 claims the data bear out three, contradict none, and cannot decide 41. That none is
# contradicted is weak praise: for 26 there is nothing to hold them against, and for 15 most
# provinces are silent.
#
# ## The three that hold
#
# All three are about the same figure, the growth of industrial value added, and name a distance
# from the nation. Each claim comes with a sentence in Chinese and in English:

# %%
for claim in claims.query("verdict == 'consistent'").itertuples():
    print(claim.zh, claim.en, sep="\n", end="\n\n")

# %% [markdown]
# No report prints the national rate. But "7.6%, 1.8 points above the nation" implies 5.8, and
# three provinces say such a thing:

# %%
implied = ps.implied_national("industrial_value_added_growth").query("n > 1")
print(implied["statements"].iloc[0])
columns = ["period", "implied", "implied_lower", "implied_upper", "n", "conflict"]
show(implied[columns].round(2))

# %% [markdown]
# They agree on 5.8, give or take 0.1. A province's own statement never confirms itself: each
# claim is held against what the other two imply. The chart has all five provinces that report,
# against that nation.

# %%
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
ax = ps.plot.gap(growth, lang="zh")

# %% [markdown]
# ## Those for which others are silent
#
# To be first of 31 is a statement about 31 provinces, and most of them do not report.
# `data_lower` and `data_upper` are the ranks that the data allow, `n` is how many provinces
# report.

# %%
silent = claims.query("reason == 'silent'").set_index("region")
ranks = ["data_lower", "data_upper"]
show(silent[["indicator", "printed", *ranks, "n"]].astype(dict.fromkeys(ranks, int)))

# %% [markdown]
# The best case is Guangdong's claim to have added the most single champions: six provinces report
# how many they added, none of them more than Guangdong, and 25 say nothing.
#
# Chongqing says that its growth is 13th in the nation. If so, twelve provinces grew faster. Of
# the other four that report, one did: the remaining eleven are among the 26 that are silent.

# %%
rank_13 = claims.query("region == 'Chongqing' and printed == '居全国第13位'").iloc[0]
print(rank_13["zh"], rank_13["en"], sep="\n")

# %% [markdown]
# ## Those for which a figure is missing
#
# Fourteen claims come without the figure that they are about. Six are about cities, car models,
# places of the world or a province's own industries, which the data do not rank. And six name a
# distance from a nation of which nobody else speaks.
#
# ## What would decide them
#
# `needs` names the figures. For the six it is a single one:

# %%
nation = claims.query("reason == 'nation'").set_index("region")
show(nation[["printed", "needs"]])

# %% [markdown]
# And the claims themselves say what it would have to be: a nation within the interval that a
# claim implies agrees with it, one outside contradicts it.

# %%
alone = ps.implied_national().query("n == 1 and unit == 'percent'").set_index("regions")
show(alone[["indicator", "period", "implied_lower", "implied_upper"]].round(2))

# %% [markdown]
# To decide all claims of rank for which others are silent, many figures are needed:

# %%
missing = silent["needs"].str.split(": ").str[1].str.split().str.len()
print(f"{missing.sum()} figures, {missing.min()} to {missing.max()} for each claim")
