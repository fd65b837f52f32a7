# %% [markdown]
# # Quickstart
#
# Load what provinces reported, compare them, save a chart. Nothing is read but the data in the
# package.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))

data = ps.load()
print(f"{len(data)} outcomes, {data['indicator'].nunique()} indicators")
show(ps.search("工业增加值 增速")[["id", "name_zh", "regions"]].head(3))

# %% [markdown]
# ## Who grew fastest from January to November 2024, and how sure is it?

# %%
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
columns = ["region", "printed", "value", "lower", "upper", "rank", "rank_best", "rank_worst", "n"]
show(ps.rank(growth).sort_values("rank")[columns])

# %% [markdown]
# Shandong is first and Chongqing second. Beijing printed a whole percent, and may be third to
# fifth.
#
# ## How far from the nation?
#
# No report prints the national figure; three imply it.

# %%
gaps = ps.gap_to_national(growth)
columns = ["region", "value", "national", "national_basis", "gap", "gap_lower", "gap_upper"]
show(gaps[columns].round(2))

# %% [markdown]
# ## How many more 5G base stations than a year before?

# %%
change = ps.yoy("base_stations_5g")
columns = ["region", "value", "previous", "yoy", "yoy_lower", "yoy_upper", "method", "months"]
show(change[columns].round(1))

# %% [markdown]
# ## A chart that says what it knows

# %%
axes = ps.plot.ranking(growth, highlight=["重庆"])
axes.figure.savefig("ranking.png", dpi=200)
print("saved ranking.png")
