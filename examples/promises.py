# %% [markdown]
# # What did provinces promise, and what came of it?
#
# In January each province says in its work report what it means to reach in the year. A year
# later the next report says what it did reach. `ps.targets` sets the one beside the other, and
# says "met", "missed" or, where figure or words leave it open, "undecidable", with the reason.

# %%
import builtins

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))
ps.set_language("en")
names = ps.regions().set_index("code")["name_en"]

goals = ps.targets().query("period == '2025' and source.str.startswith('work-report-2025-')")
print(f"{len(goals)} targets of {goals['region'].nunique()} provinces for 2025")
stated = goals.groupby("indicator")["region"].transform("size")
often = goals[stated > names.size / 3]
fates = often.groupby(["indicator", "verdict"]).size().unstack(fill_value=0)
show(fates.sort_values("met", ascending=False))

# %% [markdown]
# Jobs are the safe promise: whoever tells the outcome met it. Retail sales are the other end: nine
# provinces missed their target, three met it. And prices were to rise by about 2% nearly
# everywhere; in the four provinces whose report tells, they did not rise by more than 0.1%. Is that
# a miss? The targets do not say: some are a ceiling (涨幅控制在2%左右), others may be an aim.
#
# Many targets stay undecidable. That is the data's silence, not the provinces' fault:

# %%
show(goals["reason"].replace("", "decided").value_counts().to_frame())

# %% [markdown]
# `no_outcome`: the reports of 2026 that the data hold are those of 23 provinces, and a report is
# freer in what it looks back on than in what it promises. `below`: prices rose by less than 2%.
#
# ## Growth of the economy
#
# All 31 promise a growth of GDP.

# %%
growth = goals.query("indicator == 'gdp_growth'")
named = growth.assign(region=growth["region"].map(names)).set_index("region")
told = named.dropna(subset="outcome").sort_values("outcome", ascending=False)
show(told[["printed", "outcome", "verdict", "reason"]])

# %% [markdown]
# Five of the 23 missed their target: Ningxia, Guizhou, Qinghai, Hainan and Guangdong. But look at
# the words. "About 5%" is a whole percent, and 4.1% still is about 5; "about 5.5%" is a figure to
# half a percent, and 5.3% is not about it. Who prints more promises more.
#
# Four cannot be decided, as rounding stands between: Xizang promised "7% or more" and reports 7%,
# which is anything from 6.5 to 7.5.
#
# ## Growth of industry

# %%
industry = goals.query("indicator == 'industrial_value_added_growth'")
named = industry.assign(region=industry["region"].map(names)).set_index("region")
told = named.dropna(subset="outcome").sort_values("outcome", ascending=False)
show(told[["printed", "outcome", "verdict", "reason"]])

# %% [markdown]
# Eight met their target, two missed it. Xizang had promised 16%, grew by 12.4%, and still leads all
# who report:

# %%
series = ps.series("industrial_value_added_growth", period="2025")
ax = ps.plot.ranking(series, highlight=["Xizang", "Guangdong"])

# %% [markdown]
# Three provinces say how far they were above the nation. Together they imply a nation of 5.9%, and
# that is what the statistical office reports.

# %%
implied = ps.implied_national("industrial_value_added_growth").query("period == '2025'")
show(implied[["implied", "implied_lower", "implied_upper", "regions", "reported", "conflict"]])

# %% [markdown]
# ## And the next promise?
#
# For 2026 eleven of the 23 name a lower growth of GDP than for 2025, and none a higher one except
# Jiangxi. (The value of a range is its middle.)

# %%
wanted = ps.load(nature="target").query("indicator == 'gdp_growth'")
wanted = wanted.assign(region=wanted["region"].map(names))
printed = wanted.pivot(index="region", columns="period", values="printed")
value = wanted.pivot(index="region", columns="period", values="value")
show(printed.loc[value["2026"] < value["2025"], ["2025", "2026"]])
