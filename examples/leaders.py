# %% [markdown]
# # Which provinces lead, and how sure can we be?
#
# A ranking is as good as the figures in it. Three things make a place uncertain: provinces that
# do not report, words such as "over", and rounding. `ps.rank` says how much room they leave:
# `rank_best` counts those certainly ahead, `rank_worst` those possibly ahead.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))
ps.set_language("en")
names = ps.regions().set_index("code")["name_en"]


def list_places(ranked):
    """Return the columns that tell of places, best first, with the names of provinces."""
    columns = ["printed", "value", "lower", "upper", "rank", "rank_best", "rank_worst", "n"]
    named = ranked.assign(region=ranked["region"].map(names))
    return named.sort_values("rank").set_index("region")[columns]


# %% [markdown]
# ## Growth of industry: five of 31 report
#
# Five provinces report the growth of industrial value added from January to November 2024.

# %%
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
show(list_places(ps.rank(growth)))

# %% [markdown]
# Among the five, Shandong is first and Chongqing second whatever rounding hid. Beijing printed a
# whole percent, "7%", which is anything from 6.5 to 7.5: third to fifth.
#
# That is a ranking of those who reported. Who else should be in it?

# %%
found = ps.comparable(growth)
show(found.loc[~found["compared"], ["region", "reason", "detail"]])

# %% [markdown]
# Gansu reports as well, but to October, and its 11.4% is set apart. Others report the whole year
# only, or say what they aim at. `universe="all"` allows for every province that is silent:

# %%
show(list_places(ps.rank(growth, universe="all"))[["value", "rank_best", "rank_worst", "n"]])

# %% [markdown]
# Shandong is first of five, and anything from first to 27th of 31: all 26 others may have grown
# faster. Only the best place is certain: Chongqing is not first, Zhejiang not second.

# %%
ax = ps.plot.ranking(growth, highlight=["Shandong", "Beijing"])

# %% [markdown]
# ## Specialized and sophisticated SMEs: a word decides
#
# Of the ten departments that reported on 2024, Guangdong counts "over 27,000" such firms
# (专精特新中小企业), Shanghai 11,000, and Beijing has "broken through 10,000".

# %%
reports = ps.load().query("source == 'cena-2025-ten-provinces'")
firms = reports[reports["indicator"] == "srdi_smes"]
show(list_places(ps.rank(firms)))

# %% [markdown]
# A table of bare values puts Shanghai ahead of Beijing. But 突破1万家 allows anything up to
# 20,000, and 1.1万家 is rounded: either may be second. Guangdong leads the five in any case.

# %%
ax = ps.plot.ranking(firms, highlight=["Beijing", "Shanghai"])

# %% [markdown]
# "Little giants", the national title, show that words need not matter: Beijing printed
# 突破1000家, up to 2,000, and still all five places are certain.

# %%
show(list_places(ps.rank(reports[reports["indicator"] == "little_giants"])))

# %% [markdown]
# ## R&D intensity: a ranking that can be printed
#
# The national bulletin has all 31 provinces, to two decimals. As that of 2023 printed them:

# %%
printed = ps.series("rd_intensity", period="2023", vintage="nbs-rd-bulletin-2023")
intensity = list_places(ps.rank(printed))
show(intensity.head(8))
is_open = intensity["rank_best"] < intensity["rank_worst"]
print(f"{(~is_open).sum()} of {len(intensity)} places are certain; open:")
show(intensity[is_open])

# %% [markdown]
# Beijing, Shanghai, Tianjin, Guangdong, Jiangsu and Zhejiang lead, in this order and beyond
# doubt. Of all 31 places one is open: Yunnan's 1.15 and the 1.16 of Shanxi above it may be the
# same number, 1.155, and then both are 24th.

# %%
ax = ps.plot.ranking(printed, highlight=["Beijing", "Yunnan"])

# %% [markdown]
# ## Which rankings of 2024 can be relied on?
#
# The same for every indicator that at least four of the ten provincial reports state for one
# period of 2024: how many do, and how many places among them are certain.

# %%
ranked = ps.rank(reports).query("n >= 4 and period.str.startswith('2024')")
ranked["certain"] = ranked["rank_best"] == ranked["rank_worst"]
by_indicator = ranked.groupby(["indicator", "period"])
show(by_indicator.agg(report=("n", "first"), certain=("certain", "sum")))

# %% [markdown]
# In six of eight every place is certain, among the four to six provinces that report. What limits
# these rankings is silence more than rounding.
