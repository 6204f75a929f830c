//! Words of office forms: what labels are called, and what is written beside them.

/// Names of labels.
const LABELS: &str = "\
    姓名 性别 民族 籍贯 年龄 学历 学位 专业 职务 职称 单位 部门 电话 手机 邮箱 邮编 地址 \
    住址 备注 简历 时间 地点 主题 主持人 主讲人 记录人 参加人员 出席人员 缺席人员 列席人员 \
    内容 议题 名称 代码 编号 日期 书记 副书记 校长 园长 副校长 组织委员 宣传委员 纪检委员 \
    纪律委员 青年委员 统战委员 班级 年级 学校 支部 区县 类型 类别 性质 党龄 工龄 教龄 特长 \
    爱好 曾用名 身高 体重 血型 照片 签名 签字 起止年月 起止时间 称谓 关系 与本人关系 \
    工作单位 工作单位及职务 序号 项目 次数 票数 得票 等次 结论 小结 总结 措施 原因 事由 \
    数量 金额 单价 规格 合计 党组织 入党介绍人 培养联系人 介绍人 证明人 填表人 填报人 审核人 \
    负责人 联系人 经办人 制表人 微信 微信号 编制 规模 户籍 户口 配偶 法人";

/// Ends of labels' names: weak ones also end names of people's offices and schools.
const STRONG_ENDS: &str = "\
    姓名 名称 时间 日期 年月 电话 号码 代码 编号 地址 住址 职务 职称 学历 学位 专业 院校 \
    情况 意见 简历 经历 人数 总数 次数 票数 金额 面积 负责人 联系人 介绍人 类型 类别 性质 \
    等次 等级 结果 内容 主题 地点 主持人 记录人 人员 方式 备注 签名 签字 原因 事迹 措施 \
    评价 得分 名次 籍贯 性别 年龄 党龄 状况 面貌 邮箱 邮编 证号 账号 账户 成员 特长 荣誉 \
    关系 文号 届次 任期 来源 去向 理由 计划 目标 问题 效果 成效 总结 说明 要求 建议 依据 \
    程度 信仰 出生地 所在地 出勤率 覆盖率 满意度 小结 照片";
const WEAK_ENDS: &str = "\
    数 费 率 额 人 号 名 书记 委员 校长 单位 党员 教师 学生 部门 时数 学时 场所 阵地 \
    度";

/// Beginnings of labels' names.
const STARTS: &str = "\
    是否 有无 所在 何时 现任 拟任 主要 最高 毕业 参加工作 入党 转正 应到 实到 其中";

/// What is often written beside a label.
const VALUES: &str = "\
    男 女 是 否 有 无 汉 中共党员 党员 群众 团员 共青团员 民主党派 小学 初中 高中 中专 \
    大专 专科 大学 本科 大学本科 研究生 硕士 博士 学士 硕士研究生 博士研究生 已婚 未婚 离异 \
    健康 良好 一般 优秀 合格 基本合格 不合格 称职 基本称职 不称职 教师 工人 干部 职员 退休 \
    在职 在岗 父亲 母亲 丈夫 妻子 儿子 女儿 哥哥 弟弟 姐姐 妹妹 公办 民办 城镇 农村 \
    全日制 在编 同意 不同意 达标 未达标 一级教师 高级教师 二级教师 正高级教师";

/// Measures that stand behind their numbers.
const MEASURES: &str = "人 名 个 次 元 万元 年 月 日 岁 % ％ 平方米 学时 天 所 分 场 期";

/// The commonest family names.
const FAMILIES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

/// Points for words to name a label, and against it.
pub(super) fn points(words: &str) -> i32 {
    if has(LABELS, |label| label == words) {
        return 6;
    }
    let nation = words.ends_with('族') && words != "民族" && words.chars().count() <= 5;
    if nation || has(VALUES, |value| value == words) {
        return -4;
    }
    let start = has(STARTS, |start| words.starts_with(start));
    let strong = has(STRONG_ENDS, |end| words.ends_with(end));
    let weak = has(WEAK_ENDS, |end| words.ends_with(end));
    match (start, strong, weak) {
        (true, true, _) => 6,
        (true, ..) | (_, true, _) => 5,
        _ if is_name(words) => -2,
        (.., true) => 3,
        _ => 0,
    }
}

/// Whether words look like a person's name.
pub(super) fn is_name(words: &str) -> bool {
    (2..=3).contains(&words.chars().count()) && words.chars().next().is_some_and(|first| FAMILIES.contains(first))
}

/// Whether words are a measure that stands behind its number.
pub(super) fn is_measure(words: &str) -> bool {
    has(MEASURES, |measure| measure == words)
}

fn has(list: &str, is_it: impl Fn(&str) -> bool) -> bool {
    list.split_ascii_whitespace().any(is_it)
}
