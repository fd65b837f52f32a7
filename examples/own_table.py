# %% [markdown]
# # Bring your own table
#
# Tables that people keep have Chinese headings, short names of provinces, and figures as they
# were printed: 1.1万家, 超2.7万家, 7%. This one has figures from the reports of provincial
# industry departments on 2024. How does it become something that can be compared?

# %%
import builtins
from io import StringIO

import pandas as pd

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))

CSV = """\
省份,指标,时间,数值
北京,专精特新中小企业,2024年,突破1万家
上海,专精特新中小企业,2024年,1.1万家
广东,专精特新中小企业,2024年,超2.7万家
云南,专精特新中小企业,2024年,1543家
江苏,诊断企业,2024年,约5.9万家
山东,5G基站,2024年,24.2万个
山东,新增5G基站,2024年,4万个
甘肃,5G基站,2024年,7.6万个
甘肃,新增5G基站,2024年,1.8万个
北京,工业增加值增速,1—11月,7%
重庆,工业增加值增速,1—11月,7.6%
山东,工业增加值增速,1—11月,8.3%
浙江,工业增加值增速,1—11月,7.3%
"""
table = pd.read_csv(StringIO(CSV))  # or the path of your file

# %% [markdown]
# ## From words to figures
#
# One call reads it: names of provinces as people write them, periods, figures with their units and
# words, and the interval that each allows. Long or wide, with titles, stacked headings and notes,
# in GBK or as a workbook, a path would do as well. Indicators are yours to name; with an id of the
# catalogue they have names, a direction, and relations to one another. `ps.search` finds ids.

# %%
show(ps.search("5G基站")[["id", "name_zh", "unit"]].head(2))

# %%
ids = {
    "专精特新中小企业": "srdi_smes",
    "诊断企业": "diagnosed_enterprises",
    "5G基站": "base_stations_5g",
    "新增5G基站": "base_stations_5g_new",
    "工业增加值增速": "industrial_value_added_growth",
}
tidy = ps.tidy(table, year=2024).replace({"indicator": ids})
show(tidy[["region", "period", "printed", "value", "lower", "upper", "qualifier"]])

# %% [markdown]
# What it took the table for can be asked.

# %%
show(ps.understand(table, year=2024).remarks[["what", "text", "meaning"]].head(5))

# %% [markdown]
# ## Who has most?

# %%
firms = tidy[tidy["indicator"] == "srdi_smes"]
columns = ["region", "printed", "rank", "rank_best", "rank_worst", "n"]
show(ps.rank(firms).sort_values("rank")[columns])

# %% [markdown]
# Guangdong does. Who is second cannot be said: 突破1万家 may be more than 1.1万家.

# %%
ax = ps.plot.ranking(
    firms, lang="zh", highlight=["北京", "上海"], source="各省市工业和信息化主管部门"
)
print(ps.plot.alt_text(ax))

# %% [markdown]
# ## How far from the nation?
#
# A frame finds its nation in itself, as a row of region `CN`. This one has none, so give a
# benchmark of your own; as a figure it keeps its interval. 5.8% is what three of the provinces
# imply by their stated distance from the nation.

# %%
growth = tidy[tidy["indicator"] == "industrial_value_added_growth"]
gaps = ps.gap_to_national(growth, national=ps.parse_figure("5.8%"))
show(
    gaps[["region", "value", "national", "national_basis", "gap", "gap_lower", "gap_upper"]].round(
        2
    )
)

# %% [markdown]
# ## How much more than a year before?
#
# The table has no figures of 2023. But what was there at the end of 2024, less what was added in
# 2024, is what was there before.

# %%
stations = tidy[tidy["indicator"].str.startswith("base_stations")]
change = ps.yoy(stations).dropna(subset="yoy")
show(change[["region", "value", "previous", "yoy", "yoy_lower", "yoy_upper", "method"]].round(1))

# %% [markdown]
# Gansu grew faster, whatever rounding hid: by 29.7% at least, Shandong by 22.9% at most.
#
# ## What errors look like
#
# What cannot be read is refused with a reason, never guessed.


# %%
def attempt(call, given):
    """Print how a call fails."""
    try:
        call(given)
    except ps.ProvstatsError as error:
        print(f"{type(error).__name__}: {error}", end="\n\n")


attempt(ps.parse_figure, "两三百家")
attempt(ps.region, "吉林市")
attempt(ps.parse_period, "1—11月")

# %% [markdown]
# So is a frame that does not hold: with names for codes, texts for numbers, a row twice, or
# without a nation.

# %%
attempt(ps.rank, firms.assign(region=["北京", "上海", "广东", "云南"]))
attempt(ps.rank, firms.assign(value=firms["printed"]))
attempt(ps.rank, pd.concat([firms, firms.head(1)]))
attempt(ps.gap_to_national, growth)
