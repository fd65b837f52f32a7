# %% [markdown]
# # Bring your own table
#
# A file from the site of the statistical office: years across, in GBK, with three lines above the
# table and two below it. How does it become a ranking, a distance from the nation and a chart?

# %%
import builtins
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import provstats as ps

# A table as HTML in a notebook, as text elsewhere.
show = getattr(builtins, "display", lambda table: print(table.to_string(), end="\n\n"))

EXPORT = """\
数据库：分省年度数据
指标：研究与试验发展(R&D)经费投入强度(%)
时间：最近2年
地区,2023年,2022年
全国,2.65,2.56
北京市,6.73,6.83
天津市,3.58,3.49
上海市,4.34,4.44
江苏省,3.29,3.12
浙江省,3.20,3.11
安徽省,2.69,2.56
山东省,2.59,2.49
湖北省,2.52,2.33
广东省,3.54,3.42
四川省,2.26,2.14
陕西省,2.50,2.35
注：按当年价格计算。
数据来源：国家统计局
"""
folder = TemporaryDirectory()
path = Path(folder.name) / "分省年度数据.csv"  # or the path of your file
path.write_bytes(EXPORT.encode("gbk"))

# %% [markdown]
# In four lines.

# %%
table = ps.tidy(path)
ranked = ps.rank(table)
gaps = ps.gap_to_national(table)
ax = ps.plot.ranking(ranked.query("period == '2023'"), lang="zh", source="国家统计局")

# %% [markdown]
# As a reader wants it: ranks with their ranges, distances with what rounding allows. Of Anhui's
# 2.69 and the nation's 2.65 the digits leave no doubt which is more.

# %%
latest = gaps[gaps["period"] == "2023"]
show(ps.table(ranked[ranked["period"] == "2023"].sort_values("rank"), lang="zh"))
show(ps.table(latest.sort_values("gap", ascending=False), lang="zh").head(8))

# %% [markdown]
# What it took the file for can be asked: in which encoding, which rows are headings and notes.

# %%
known = ps.understand(path)
print(known)
show(known.remarks[["row", "what", "text", "meaning"]].head(6))

# %% [markdown]
# ## Two exports are two vintages
#
# An export of last year ends in 2023, one of this year adds 2024, after a census that raised all
# years before. One year from here and one from there differ by the census too. The table cannot
# know it; say where the series was measured anew, and no change reaches across.

# %%
old = pd.DataFrame({"地区": ["北京市", "天津市"], "2023年(亿元)": ["43760.7", "16737.3"]})
new = pd.DataFrame(
    {
        "地区": ["北京市", "天津市"],
        "2024年(亿元)": ["49670.2", "17931.3"],
        "2023年(亿元)": ["47353.7", "17211.8"],
    }
)
earlier, later = (ps.tidy(export, indicator="gdp") for export in (old, new))
stacked = pd.concat([earlier, later[later["period"] == "2024"]], ignore_index=True)
census = pd.DataFrame(
    [["gdp", "*", "2023", "2024", "the fifth economic census", ""]],
    columns=["indicator", "region", "before", "after", "reason", "source"],
)
columns = ["region", "period", "yoy", "reason"]
for name, change in {
    "two vintages, unsaid": ps.yoy(stacked),
    "two vintages, with breaks=": ps.yoy(stacked, breaks=census),
    "one vintage": ps.yoy(later),
}.items():
    print(name)
    show(change.loc[change["period"] == "2024", columns].round(2))

# %% [markdown]
# Beijing did not grow by 13.5% but by 4.9%.
#
# ## From words to figures
#
# Tables that people keep have figures as they were printed: 1.1万家, 超2.7万家, 7%. This one has
# figures from the reports of provincial industry departments on 2024.

# %%
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
path = Path(folder.name) / "words.csv"
path.write_text(CSV, encoding="utf-8")

# %% [markdown]
# Each figure gets the interval that its words allow. Indicators are yours to name; with an id of
# the catalogue they have names, a direction, and relations to one another. `ps.search` finds ids.

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
tidy = ps.tidy(path, year=2024).replace({"indicator": ids})
show(tidy[["region", "period", "printed", "value", "lower", "upper", "qualifier"]])

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
folder.cleanup()
