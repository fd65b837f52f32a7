# %% [markdown]
# # Quickstart
#
# Where a province stands among all 31, and what a report's figures are worth. Nothing is read but
# the data in the package.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))

data = ps.load()
print(f"{len(data):,} outcomes, {data['indicator'].nunique()} indicators")

# %% [markdown]
# ## Where does Chongqing stand?
#
# Ten headline indicators of the official tables, each in its last year until 2024.

# %%
headline = [
    "gdp", "gdp_per_capita", "industry_value_added", "population", "retail_sales",
    "fiscal_revenue", "rd_intensity", "hightech_manufacturing_revenue",
    "invention_patents_granted", "technology_contract_turnover",
]  # fmt: skip
until_2024 = data[data["indicator"].isin(headline) & (data["period"] <= "2024")]
card = ps.scorecard("重庆", until_2024)
show(card[["name_en", "period", "printed", "rank", "n"]])

# %% [markdown]
# ## Who gained ranks since 2016, and who lost?

# %%
ranks = ps.rank(ps.series("gdp_per_capita", period=["2016", "2024"]))
moves = ranks.pivot(index="region", columns="period", values="rank")
moves["gained"] = moves["2016"] - moves["2024"]
moves.insert(0, "province", [ps.region(code).name_en for code in moves.index])
moves = moves.sort_values("gained", ascending=False)
show(moves.query("gained >= 5 or gained <= -5"))

# %% [markdown]
# Xinjiang and Shanxi rose by six places each, Xizang by five; Henan fell by six, Jilin by five.
#
# ## How much industry a head?

# %%
industry = ps.per(ps.series("industry_value_added", period=2024), "population")
axes = ps.plot.tilemap(industry, highlight=["重庆"])
axes.figure.savefig("industry.png", dpi=200)
print("saved industry.png")

# %% [markdown]
# ## What the reports say, and how sure it is
#
# The tables are complete; reports are not. Five departments printed the growth of industrial value
# added from January to November 2024.

# %%
growth = ps.series("industrial_value_added_growth", period="2024-01/2024-11")
columns = ["region", "printed", "value", "lower", "upper", "rank", "rank_best", "rank_worst", "n"]
show(ps.rank(growth).sort_values("rank")[columns])

# %% [markdown]
# Shandong is first and Chongqing second. Beijing printed a whole percent, and may be third to
# fifth. No report prints the national figure; three imply it.

# %%
gaps = ps.gap_to_national(growth)
columns = ["region", "value", "national", "national_basis", "gap", "gap_lower", "gap_upper"]
show(gaps[columns].round(2))

# %% [markdown]
# A stock and what was added to it give the change over a year.

# %%
change = ps.yoy("base_stations_5g").query("method == 'level_minus_new'")
columns = ["region", "value", "previous", "yoy", "yoy_lower", "yoy_upper", "method", "months"]
show(change[columns].round(1))

# %%
axes = ps.plot.ranking(growth, highlight=["重庆"])
axes.figure.savefig("ranking.png", dpi=200)
print("saved ranking.png")
