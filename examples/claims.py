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
claims["claims"] = claims["indicator"].str.extract("_(rank|gap)$")[0].fillna("average growth")
firsts = claims.query("claims == 'rank' and value == 1")
print(f"{len(claims)} claims of {claims['region'].nunique()} provinces, "
      f"{len(firsts)} of them to be first")  # fmt: skip
show(claims.groupby(["claims", "verdict", "reason"]).size().rename("count").to_frame())

# %% [markdown]
# Distances from the nation can mostly be checked, as the nation reports, or as other provinces
# imply it; and all that can be checked hold. Ranks mostly cannot: to be first of 31 is a statement
# about 31 provinces.
#
# ## Those that hold

# %%
held = claims.query("verdict == 'consistent'").set_index("region")
show(held[["indicator", "period", "printed", "data_lower", "data_upper"]].round(2))

# %% [markdown]
# Each claim comes with a sentence in Chinese and in English:

# %%
for claim in held.query("claims == 'gap'").head(2).itertuples():
    print(claim.zh, claim.en, sep="\n", end="\n\n")

# %% [markdown]
# No report of the departments prints the national rate of January to November 2024. But "7.6%, 1.8
# points above the nation" implies 5.8, and three of them say such a thing. For all of 2024 and of
# 2025 the statistical office reports what the work reports imply:

# %%
implied = ps.implied_national("industrial_value_added_growth").query("n > 1")
print(implied["statements"].iloc[0])
columns = ["period", "implied", "implied_lower", "implied_upper", "n", "reported", "conflict"]
show(implied[columns].round(2))

# %%
growth = ps.series("industrial_value_added_growth", period="2025")
ax = ps.plot.gap(growth, lang="zh")

# %% [markdown]
# ## Those for which others are silent
#
# `data_lower` and `data_upper` are the ranks that the data allow, `n` is how many provinces
# report. The ten that the data confine most:

# %%
silent = claims.query("reason == 'silent'").set_index("region")
ranks = ["data_lower", "data_upper"]
closest = silent.assign(room=silent["data_upper"] - silent["data_lower"]).nsmallest(10, "room")
show(closest[["indicator", "period", "printed", *ranks, "n"]].astype(dict.fromkeys(ranks, int)))

# %% [markdown]
# Chongqing says that its growth until November 2024 is 13th in the nation. If so, twelve provinces
# grew faster. Of the other four that report, one did: the remaining eleven are among the 26 that
# are silent.

# %%
rank_13 = claims.query("region == 'Chongqing' and printed == '居全国第13位'").iloc[0]
print(rank_13["zh"], rank_13["en"], sep="\n")

# %% [markdown]
# ## What would decide the others
#
# `needs` names the figures. For those that name a distance from a nation of which nobody else
# speaks it is a single one:

# %%
nation = claims.query("reason == 'nation'").set_index("region")
show(nation[["printed", "needs"]])

# %% [markdown]
# And the claims themselves say what it would have to be: a nation within the interval that a
# claim implies agrees with it, one outside contradicts it.

# %%
alone = ps.implied_national().query("n == 1 and unit == 'percent' and reported.isna()")
alone = alone.set_index("regions")
show(alone[["indicator", "period", "implied_lower", "implied_upper"]].round(2))

# %% [markdown]
# To decide all claims of rank for which others are silent, many figures are needed:

# %%
missing = silent["needs"].str.split(": ").str[1].str.split().str.len()
print(f"{missing.sum()} figures, {missing.min()} to {missing.max()} for each claim")
