"""The main job: load what ten provinces reported, compare them, save a chart.

Run it with ``python examples/quickstart.py``; it reads nothing but the data in the package.
"""

# %% What is there
import provstats as ps

data = ps.load()
print(f"{len(data)} outcomes, {data['indicator'].nunique()} indicators")
found = ps.search("工业增加值 增速")[["id", "name_zh", "regions"]]
print(found.head(3).to_string(index=False), end="\n\n")

# %% Who grew fastest from January to November 2024, and how sure is it?
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
ranked = ps.rank(growth).sort_values("rank")
columns = ["region", "value", "lower", "upper", "rank", "rank_best", "rank_worst", "n", "printed"]
print(ranked[columns].to_string(index=False), end="\n\n")

# %% How far from the nation? No report prints the national figure; three imply it.
gaps = ps.gap_to_national(growth)
columns = ["region", "value", "national", "national_basis", "gap", "gap_lower", "gap_upper"]
print(gaps[columns].round(2).to_string(index=False), end="\n\n")

# %% How many more 5G base stations than a year before?
change = ps.yoy("base_stations_5g")
columns = ["region", "value", "previous", "yoy", "yoy_lower", "yoy_upper", "method", "months"]
print(change[columns].round(1).to_string(index=False), end="\n\n")

# %% A chart that says what it knows
axes = ps.plot.ranking(growth, highlight=["重庆"])
axes.figure.savefig("ranking.png", dpi=200)
print("saved ranking.png")
