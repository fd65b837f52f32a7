# %% [markdown]
# # R&D: 31 provinces in six years
#
# Six national bulletins say what each province spent on research and development from 2018 to
# 2023, and what share of its gross domestic product that was. Do provinces grow more alike? A
# seventh measured the shares of 2023 anew: they are left for the end.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))
ps.set_language("en")

years = [*range(2018, 2024)]
sixth = "nbs-rd-bulletin-2023"
intensity = ps.series("rd_intensity", period=years, vintage=sixth)
spending = ps.series("rd_expenditure", period=years)
print(intensity)

# %% [markdown]
# ## Where they stand
#
# In 2023 Beijing spent 6.73% of its product on R&D and Xizang 0.30%. No borders are drawn, only
# tiles; those without data stay empty.

# %%
ax = ps.plot.tilemap(ps.series("rd_intensity", period=2023, vintage=sixth))

# %% [markdown]
# ## First a look at the base
#
# A share may rise because the numerator does, or because the denominator falls. Spending divided
# by intensity is the product that a bulletin used. From 2018 to 2019, by how much did it change?

# %%
product = spending.to_wide() / intensity.to_wide() * 100
change = (product["2019"] / product["2018"] - 1).drop("CN").sort_values() * 100
show(change.iloc[[0, 1, 2, -3, -2, -1]].round(1).to_frame("percent"))

# %% [markdown]
# No economy shrinks by a quarter in an ordinary year, as Tianjin's would have, or grows by 30%,
# as Yunnan's. What was measured changed. The note at the nation's figure for 2018 has the likely
# cause:

# %%
nation = ps.load(vintage=None).query("indicator == 'rd_intensity' and region == 'CN'")
nation = nation.sort_values(["period", "vintage"])
show(nation.query("period == '2018'").set_index("vintage")[["printed", "note"]])

# %% [markdown]
# The nation's share of 2018 was restated after the economic census; in the bulletins those of the
# provinces were not. That Tianjin rose from 2.62% to 3.28% is no news of its research: it spent
# less. Comparisons over time had better start in 2019.

# %%
print("Tianjin's R&D expenditure, billion yuan")
show(spending.to_wide().loc[["CN-TJ"], ["2018", "2019"]] / 1e9)

# %%
since_2019 = ps.series("rd_intensity", period=years[1:], vintage=sixth)
ax = ps.plot.trend(since_2019, highlight=["Beijing", "Anhui", "Guangdong", "Hainan"])

# %% [markdown]
# From 2019 to 2023 all 31 provinces rose, Guangdong and Anhui the most, by 0.66 points each. By
# rank, Hainan gained six places, Shaanxi lost four. Bands show where rounding leaves a rank open.

# %%
movers = ["Anhui", "Hainan", "Hunan", "Shaanxi"]
ax = ps.plot.bump(since_2019, highlight=movers, title="Hainan gained six places")

# %% [markdown]
# ## Do they grow more alike?
#
# `ps.convergence` compares the spread of the first year with that of the last: sigma, the
# standard deviation of the logarithms, over the provinces that have every year. The bounds are
# what rounding leaves open.

# %%
columns = ["first", "last", "n", "change", "change_lower", "change_upper", "converging"]
show(ps.convergence(since_2019)[columns].round(1))
show(ps.convergence(intensity, across_breaks=True)[columns].round(1))

# %% [markdown]
# Yes: the spread fell by 3.4%, by 2.1% at least, so that rounding cannot explain it. From 2018
# the fall is larger, but runs across the break. Year by year:

# %%
spread = ps.dispersion(since_2019).set_index("period")
show(
    spread[["sigma", "sigma_lower", "sigma_upper", "gini", "minimum", "maximum", "range"]].round(3)
)

# %% [markdown]
# Sigma was greatest in 2020 and is lower since; the Gini coefficient was least in 2023. Both are
# about proportions. In points, the distance from the lowest to the highest grew from 6.05 to
# 6.43.
#
# ## Who is like whom?
#
# The provinces nearest to Chongqing in spending and intensity, over the years since the break of
# each. Two provinces drawn by chance are about 1.4 apart.

# %%
show(ps.peers("Chongqing", 3)[["region", "distance", "distance_lower", "distance_upper"]].round(2))

# %% [markdown]
# ## What was known when
#
# Each bulletin restates the nation's share of the year before. `ps.load` gives the latest word by
# default; `vintage="first"` gives what was said first.

# %%
six = nation[nation["source"].isin([f"nbs-rd-bulletin-{year}" for year in years])]
said = six.groupby("period")["value"].agg(["first", "last"])
show(said.loc["2018":])

# %% [markdown]
# The provinces' shares were not restated, so the latest word compares a province as first stated
# with a nation as restated. It matters: the bulletins also count the provinces above the nation.

# %%
above = ps.series("rd_intensity_above_national_provinces", period=years)
counts = above.data.set_index("period")[["value"]]
counts.columns = ["bulletin"]
for national in (None, "latest"):
    gaps = ps.gap_to_national(intensity, national=national)
    counts[national or "first"] = gaps[gaps["gap_lower"] > 0].groupby("period").size()
show(counts.astype(int))

# %% [markdown]
# What was said first gives the counts of the bulletins in all six years. The latest word does
# not: for 2018 it puts Shaanxi and Anhui above the nation, which was lowered after their own
# shares were printed. For such a question take `vintage="first"`.

# %% [markdown]
# ## Where two statements part
#
# A bulletin also says by how much the share rose. Held against the latest levels, two of these
# statements do not hold:

# %%
columns = ["period", "value", "previous", "reported", "levels", "implied_base"]
found = ps.reconcile(intensity)
show(found[found["conflict"]][columns].round(2))

# %% [markdown]
# Neither is wrong. "Up 0.11 points" was said of 2.54%, the first figure for 2022, and 2.54 less
# 0.11 is
# 2.43, the restated figure for 2021. Later 2022 itself was restated, to 2.56%, and the sentence was
# not. What was said first has conflicts of the same kind, in other years:

# %%
bulletins = ps.load(vintage=None).sort_values("vintage")
bulletins = bulletins[bulletins["source"].str.startswith("nbs-rd-bulletin")]
first_said = bulletins.drop_duplicates(["region", "indicator", "period"]).query("period < '2024'")
shares = first_said["indicator"].isin(["rd_intensity", "rd_intensity_change"])
found = ps.reconcile(first_said[shares].drop(columns="vintage"))
show(found[found["conflict"]][columns].round(2))

# %% [markdown]
# Here the base that a rise implies is the restated one: 2.14% for 2018, 2.56% for 2022.
#
# ## What the seventh bulletin made of 2023
#
# The fifth economic census raised the product of 2023, and with it the share fell: the nation's
# from 2.65% to 2.58%, Beijing's from 6.73% to 6.22%. The same spending stands over a larger
# product. So 2024 is compared with 2023 as restated, and 2023 as first printed with the years
# before it.


# %%
stated = [ps.series("rd_intensity", period=2023, vintage=name) for name in (sixth, "latest")]
first, last = (series.data.set_index("region")["value"] for series in stated)
show((last - first).round(2).sort_values().head(5).to_frame("restated by"))
show(ps.yoy("rd_intensity").query("region == 'CN-BJ'")[["period", "yoy", "reason"]])
