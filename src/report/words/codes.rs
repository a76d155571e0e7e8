use super::Phrase;
use crate::drivers::GeneState;
use crate::drivers::{CallStatus, CloneBackground, InheritanceKind, IpssmDecision, IpssmReason, ReasonCode};
use crate::genome::Sex;
use crate::myeloid::CytogeneticRisk;
use crate::myeloid::assessment::GeneBasis;
use crate::myeloid::ccrs::{CcrsFeature, CcrsGroup};
use crate::myeloid::chrs::{ChrsFeature, ChrsGroup};
use crate::myeloid::eln::{ElnFinding, ElnRisk};
use crate::myeloid::ipss_m::{IpssmComment, IpssmVariable};
use crate::myeloid::ipss_r::{IpssrCategory, IpssrVariable};
use crate::panel::{GeneClass, IpssmRole, RiskKind, RuleSet, RuleSetChoice};
use crate::sample::{ChState, CloneSize, HotspotState, QualityCode, QualityVerdict};
use crate::transcript::{Flt3Domain, Region, SequenceSource, SoTerm};

/// A value that a report can name in words.
pub trait Label {
    /// Returns the words.
    fn label(&self) -> Phrase;
}

/// Every label of a type, for the tests that walk them.
#[cfg(test)]
pub(super) trait AllLabels {
    /// The labels.
    const ALL_LABELS: &'static [Phrase];
}

macro_rules! labels {
    ($type:ident { $($variant:ident = $en:literal, $ja:literal;)* }) => {
        impl Label for $type {
            fn label(&self) -> Phrase {
                match self { $(Self::$variant => Phrase { en: $en, ja: $ja },)* }
            }
        }

        #[cfg(test)]
        impl AllLabels for $type {
            const ALL_LABELS: &'static [Phrase] = &[$(Phrase { en: $en, ja: $ja },)*];
        }
    };
}

labels! { CallStatus {
    Driver = "Driver", "ドライバー変異";
    DriverReview = "Driver, to be reviewed", "ドライバー変異（要確認）";
    Uncertain = "Uncertain significance", "意義不明";
    GermlineSuspected = "Suspected germline", "生殖細胞系列の疑い";
    ArtifactSuspected = "Suspected artifact", "アーチファクトの疑い";
    BelowThreshold = "Below threshold", "閾値未満";
    ReferenceMismatch = "Contradicts the reference", "参照配列と不一致";
} }

labels! { IpssmDecision {
    Counted = "counted", "算入";
    InDoubt = "in doubt", "判定保留";
    NotCounted = "not counted", "算入せず";
} }

labels! { InheritanceKind {
    Hotspot = "named hotspot", "既知ホットスポット";
    Truncation = "truncation of a tumor suppressor", "がん抑制遺伝子の切断型変異";
    Predisposition = "driver in a gene of predisposition", "素因遺伝子のドライバー変異";
    Domain = "change in a functional domain", "機能ドメイン内の変化";
    Unlisted = "change that no rule knows", "規則にない変化";
} }

labels! { CloneBackground {
    UnknownOrHealthy = "small clones expected", "小さいクローンを想定";
    Disease = "large clones ordinary (cytopenia or marrow disease)", "大きいクローンが通常（血球減少または骨髄疾患）";
} }

labels! { IpssmReason {
    OncogenicRule = "oncogenic by a rule of the panel", "パネルの規則により病的（oncogenic）";
    DriverList = "driver by a published or local list", "公表リストまたは施設リストのドライバー変異";
    InheritedPredisposition = "inherited in a gene of predisposition: the study had no normals and would have counted it; test other tissue", "素因遺伝子の生殖細胞系列バリアント：元の研究は正常検体なしで算入している。他組織で確認する";
    NoRuleMatched = "no rule matches; other changes of this gene may be oncogenic", "該当する規則がない。この遺伝子では他の変化も病的でありうる";
    OnlyRulesCount = "no rule matches, and nothing else is oncogenic in this gene", "該当する規則がない。この遺伝子では規則にある変化のみを算入する";
    ProteinUnchanged = "the protein is not changed", "タンパク質の変化なし";
    ProteinChangeUnknown = "what it does to the protein is not known", "タンパク質への影響が不明";
    Excluded = "excluded by name", "規則により除外";
    BelowVaf = "below the smallest VAF that counts", "算入するVAFの下限未満";
    FewReads = "too few reads", "リード数不足";
    VafUnknown = "the fraction is not known", "VAF不明";
    Population = "common in the population", "一般集団に多い";
    InNormal = "present in the matched normal", "正常対照検体に存在";
    LikelyInherited = "likely inherited, and known by its domain only", "生殖細胞系列の可能性が高く、ドメイン以外の根拠がない";
    Artifact = "may be an error of sequencing", "シーケンスエラーの可能性";
    PhaseUnknown = "another change of the codon; whether on the same molecule decides", "同一コドンに別の変化があり、同一分子上かどうかで判定が変わる";
    OutOfFrame = "the duplication is not in frame, or holds a stop: as told it activates nothing", "重複がインフレームでないか終止コドンを含む：記載どおりなら活性化しない";
    ReferenceMismatch = "the record contradicts the reference", "レコードが参照配列と矛盾";
} }

labels! { GeneBasis {
    Given = "given", "入力値";
    Call = "driver call", "ドライバー変異";
    Covered = "covered, no driver", "カバレッジあり・変異なし";
    StatedCovered = "stated covered, no driver", "カバレッジの申告あり・変異なし";
    InDoubt = "call in doubt", "要確認の変異あり";
    PartlyCovered = "covered in part", "一部のみカバー";
    NotCovered = "coverage not shown", "カバレッジ情報なし";
    NotOnPanel = "not on the panel", "パネル外";
    NotLookedFor = "not looked for", "検査対象外";
    NotSeenByDepth = "not seen by depth, which is no negative", "深度では認めず（陰性を意味しない）";
    NotShownByReads = "covered, but these reads would not show duplications of some lengths", "カバレッジはあるが、一部の長さの重複はこれらのリードでは検出できない";
} }

labels! { CytogeneticRisk {
    VeryGood = "Very Good", "非常に良好（Very Good）";
    Good = "Good", "良好（Good）";
    Intermediate = "Intermediate", "中間（Intermediate）";
    Poor = "Poor", "不良（Poor）";
    VeryPoor = "Very Poor", "非常に不良（Very Poor）";
} }

labels! { IpssrCategory {
    VeryLow = "Very Low", "超低リスク（Very Low）";
    Low = "Low", "低リスク（Low）";
    Intermediate = "Intermediate", "中間リスク（Intermediate）";
    High = "High", "高リスク（High）";
    VeryHigh = "Very High", "超高リスク（Very High）";
} }

labels! { IpssrVariable {
    Cytogenetics = "Cytogenetic group", "染色体リスク群";
    MarrowBlasts = "Marrow blasts", "骨髄芽球";
    Hemoglobin = "Hemoglobin", "ヘモグロビン";
    Platelets = "Platelets", "血小板";
    Neutrophils = "Neutrophils", "好中球";
} }

labels! { IpssmComment {
    NoUncertainty = "nothing is missing that could change the score", "スコアを変え得る不足値なし";
    BelowLimit = "worst and best differ by 1 at most: the mean is reported", "最悪と最良の差が1以下：平均を報告";
    StableCategory = "worst and best differ by more than 1, but fall in one category", "最悪と最良の差は1を超えるが、カテゴリーは同じ";
    AboveLimit = "worst and best differ by more than 1: no score can be given", "最悪と最良の差が1を超える：スコアは算出できず";
} }

labels! { ChrsGroup {
    Low = "Low", "低リスク（Low）";
    Intermediate = "Intermediate", "中間リスク（Intermediate）";
    High = "High", "高リスク（High）";
} }

labels! { ElnRisk {
    Favorable = "Favorable", "予後良好（Favorable）";
    Intermediate = "Intermediate", "予後中間（Intermediate）";
    Adverse = "Adverse", "予後不良（Adverse）";
} }

labels! { ElnFinding {
    CoreBinding = "t(8;21) or inv(16)/t(16;16)", "t(8;21)またはinv(16)/t(16;16)";
    Kmt2aMllt3 = "t(9;11)/KMT2A::MLLT3", "t(9;11)/KMT2A::MLLT3転座";
    Kmt2aPartnerOpen = "KMT2A rearranged, partner not said", "KMT2A再構成（相手遺伝子の記載なし）";
    AdverseFusion = "adverse fusion (t(6;9), other KMT2A, t(9;22), t(8;16), MECOM)", "予後不良の融合遺伝子（t(6;9)、他のKMT2A、t(9;22)、t(8;16)、MECOM）";
    AdverseKaryotype = "adverse karyotype (-5/del(5q), -7, -17/abn(17p), complex, monosomal)", "予後不良の核型（-5/del(5q)、-7、-17/abn(17p)、複雑核型、モノソーマル核型）";
    Npm1 = "NPM1 mutated", "NPM1変異";
    Flt3Itd = "FLT3-ITD", "FLT3-ITD変異";
    CebpaBzip = "CEBPA mutated in the bZIP domain, in frame", "CEBPA bZIPドメインのインフレーム変異";
    Tp53 = "TP53 mutated, VAF 10 % or more", "TP53変異（VAF 10%以上）";
    AnyTp53 = "TP53 mutated", "TP53変異";
    MyelodysplasiaGene = "gene related to myelodysplasia mutated", "骨髄異形成関連遺伝子の変異";
    Ras = "NRAS or KRAS mutated", "NRASまたはKRAS変異";
    Idh1 = "IDH1 mutated", "IDH1変異";
    Ddx41 = "DDX41 mutated", "DDX41変異";
} }

labels! { CcrsGroup {
    Low = "Low", "低リスク（Low）";
    Intermediate = "Intermediate", "中間リスク（Intermediate）";
    High = "High", "高リスク（High）";
} }

labels! { ChrsFeature {
    SingleDnmt3a = "Single DNMT3A mutation", "DNMT3A単独変異";
    HighRiskMutation = "High-risk mutation", "高リスク変異";
    Mutations = "Two or more mutations", "2個以上の変異";
    MaxVaf = "VAF of 20 % or more", "VAF 20 %以上";
    Rdw = "RDW of 15 % or more", "RDW 15 %以上";
    Mcv = "MCV of 100 fL or more", "MCV 100 fL以上";
    Cytopenia = "Cytopenia (CCUS)", "血球減少（CCUS）";
    Age = "Age of 65 or more", "65歳以上";
} }

labels! { CcrsFeature {
    SplicingMutation = "Splicing mutation", "スプライシング変異";
    Platelets = "Platelets below 100 ×10⁹/L", "血小板100×10⁹/L未満";
    Mutations = "Two or more mutations", "2個以上の変異";
} }

impl Label for IpssmVariable {
    fn label(&self) -> Phrase {
        let (en, ja) = match self {
            Self::Hemoglobin => ("Hemoglobin (g/dL)", "ヘモグロビン（g/dL）"),
            Self::Platelets => ("Platelets (×10¹¹/L, at most 2.5)", "血小板（×10¹¹/L、上限2.5）"),
            Self::Blasts => ("Marrow blasts (% / 5, at most 4)", "骨髄芽球（%÷5、上限4）"),
            Self::Cytogenetics => ("Cytogenetic group (0-4)", "染色体リスク群（0〜4）"),
            Self::Tp53Multi => ("TP53 multi-hit", "TP53マルチヒット"),
            Self::Sf3b1Del5q => ("SF3B1 with isolated del(5q)", "SF3B1とdel(5q)"),
            Self::Sf3b1Alpha => ("SF3B1 alone (alpha)", "SF3B1単独（α）"),
            Self::Residual => ("Residual genes (number, at most 2)", "残余遺伝子（数、上限2）"),
            Self::Gene(gene) => (gene.column(), gene.column()),
        };
        Phrase { en, ja }
    }
}

labels! { GeneState {
    Mutated = "Mutated", "変異あり";
    Undecided = "Undecided", "判定不能";
    NoDriver = "Variants, no driver", "変異はあるがドライバー変異なし";
    NotDetected = "Not detected", "検出されず";
    PartlyAssessed = "Partly assessed", "一部のみ評価";
    NotAssessed = "Not assessed", "未評価";
} }

labels! { GeneClass {
    DnaMethylation = "DNA methylation", "DNAメチル化";
    Chromatin = "Chromatin", "クロマチン制御";
    Splicing = "RNA splicing", "RNAスプライシング";
    Signalling = "Signaling", "シグナル伝達";
    DnaDamage = "DNA damage response", "DNA損傷応答";
    Transcription = "Transcription factor", "転写因子";
    Cohesin = "Cohesin", "コヒーシン";
    Other = "Other", "その他";
} }

labels! { IpssmRole {
    Main = "main", "主要遺伝子";
    Residual = "residual", "残余遺伝子";
    None = "–", "–";
} }

labels! { ChState {
    Present = "Clonal hematopoiesis present", "クローン性造血あり";
    Review = "Possible clonal hematopoiesis: review needed", "クローン性造血の可能性あり（要確認）";
    NotDetected = "No driver found in any gene of the panel", "パネルのいずれの遺伝子にもドライバー変異なし";
    NoneCalled = "No driver found among the calls", "検出された変異の中にドライバー変異なし";
} }

labels! { CloneSize {
    Below2Percent = "VAF below 2 %", "VAF 2 %未満";
    From2To10Percent = "VAF 2 % to below 10 %", "VAF 2 %以上10 %未満";
    From10Percent = "VAF 10 % or more (large clone)", "VAF 10 %以上（大きなクローン）";
} }

labels! { QualityVerdict {
    Pass = "Adequate", "良好";
    Limited = "Limited", "制限あり";
    Fail = "Inadequate: most of the panel was not assessed", "不十分：パネルの大部分が未評価";
} }

labels! { QualityCode {
    NoReads = "No read over the panel passes the filters", "パネル上にフィルターを通過したリードがない";
    PartlyAssessed = "Part of the target was not assessed at the threshold", "標的領域の一部が閾値で評価できない";
    Oxidation = "Excess of G>T errors, as oxidized DNA shows them", "DNA酸化によるとみられるG>Tエラーの過剰";
    Deamination = "Excess of C>T errors, as deaminated DNA (old or fixed material) shows them", "脱アミノ化（古い検体や固定検体）によるとみられるC>Tエラーの過剰";
    ErrorExcess = "Excess of another substitution among the errors", "その他の塩基置換エラーの過剰";
    NotUnique = "Genes whose reads fit another place of the genome as well", "リードがゲノムの他の位置にも一致する遺伝子";
    SexContradicts = "The depth of the X chromosome contradicts the sex given", "X染色体の深度が入力された性別と矛盾する";
    AnotherPerson = "Signs of another person's DNA or data", "別人のDNAまたはデータが混在している所見";
} }

labels! { HotspotState {
    Called = "Called", "検出";
    BelowLimit = "Fragments show it, too few or too doubtful for a call", "支持リードはあるが検出基準未満";
    NotDetected = "Not detected", "検出されず";
    NotAssessed = "Not assessed", "未評価";
} }

labels! { Sex {
    Female = "Female", "女性";
    Male = "Male", "男性";
} }

labels! { Region {
    Coding = "coding sequence", "コード領域";
    SpliceSite = "splice site", "スプライス部位";
    SpliceRegion = "splice region", "スプライス部位近傍";
    Intron = "intron", "イントロン";
    FivePrimeUtr = "5' untranslated region", "5′非翻訳領域";
    ThreePrimeUtr = "3' untranslated region", "3′非翻訳領域";
    Outside = "outside the transcript", "転写産物外";
} }

labels! { SequenceSource {
    Embedded = "coding sequence inside the program", "プログラム内蔵のコード配列";
    Reference = "reference FASTA", "参照配列（FASTA）";
    Bundle = "sequence of the panel bundle", "パネル付属の配列";
    File = "annotation of the input file", "入力ファイルのアノテーション";
    Coordinates = "coordinates alone", "座標のみ";
    None = "no sequence available", "配列なし";
} }

labels! { RuleSet {
    Bick = "Bick 2020", "Bick 2020";
    Vlasschaert = "Vlasschaert 2023", "Vlasschaert 2023";
    Niroula = "Niroula 2021", "Niroula 2021";
    Who = "WHO 2022", "WHO 2022";
    Ipssm = "This panel's own statement (IPSS-M genes; genes that define a disease)", "本パネル独自の規則（IPSS-M遺伝子、疾患を定義する遺伝子）";
    Local = "Laboratory's own rules", "施設独自の規則";
} }

labels! { RuleSetChoice {
    Consensus = "Consensus: Vlasschaert 2023, or at least two of the other sets", "コンセンサス：Vlasschaert 2023、または他の2つ以上の規則セット";
    Bick = "Bick 2020", "Bick 2020";
    Vlasschaert = "Vlasschaert 2023", "Vlasschaert 2023";
    Niroula = "Niroula 2021", "Niroula 2021";
    Who = "WHO 2022", "WHO 2022";
    Local = "Laboratory's own rules", "施設独自の規則";
} }

labels! { RiskKind {
    Progression = "Progression to a myeloid neoplasm", "骨髄系腫瘍への進展";
    Cardiovascular = "Heart and vessels", "心血管";
    Growth = "Growth of the clone", "クローンの増大";
    Prognosis = "Prognosis", "予後";
    Therapy = "Treatment", "治療";
    Germline = "Inherited predisposition", "遺伝性素因";
    Other = "Other", "その他";
} }

labels! { Flt3Domain {
    Juxtamembrane = "juxtamembrane domain", "傍膜貫通ドメイン（JMD）";
    JuxtamembraneHinge = "hinge of the juxtamembrane domain", "傍膜貫通ドメインのヒンジ領域";
    Tkd1Beta1 = "kinase domain 1, beta1 sheet", "チロシンキナーゼドメイン1（TKD1）β1シート";
    Tkd1NucleotideLoop = "kinase domain 1, nucleotide binding loop", "チロシンキナーゼドメイン1（TKD1）ヌクレオチド結合ループ";
    Tkd1Beta2 = "kinase domain 1, beta2 sheet", "チロシンキナーゼドメイン1（TKD1）β2シート";
    Tkd1Behind = "kinase domain 1, behind the beta2 sheet", "チロシンキナーゼドメイン1（TKD1）β2シート以降";
} }

labels! { SoTerm {
    TranscriptAblation = "transcript deleted", "転写産物の欠失";
    SpliceAcceptor = "splice acceptor", "スプライス受容部位";
    SpliceDonor = "splice donor", "スプライス供与部位";
    StopGained = "stop gained", "ナンセンス変異";
    Frameshift = "frameshift", "フレームシフト";
    StopLost = "stop lost", "終止コドン喪失";
    StartLost = "start lost", "開始コドン喪失";
    FeatureElongation = "part of the transcript duplicated or lengthened", "転写産物の一部の重複・延長";
    FeatureTruncation = "part of the transcript deleted", "転写産物の一部の欠失";
    InframeInsertion = "in-frame insertion", "インフレーム挿入";
    InframeDeletion = "in-frame deletion", "インフレーム欠失";
    Missense = "missense", "ミスセンス変異";
    ProteinAltering = "protein altered", "タンパク質の変化";
    SpliceDonorFifthBase = "splice donor, 5th base", "スプライス供与部位第5塩基";
    SpliceRegion = "splice region", "スプライス部位近傍";
    SpliceDonorRegion = "splice donor region", "スプライス供与部位近傍";
    SplicePolypyrimidine = "polypyrimidine tract", "ポリピリミジントラクト";
    IncompleteTerminalCodon = "incomplete last codon", "不完全な終末コドン";
    StartRetained = "start retained", "開始コドン保持";
    StopRetained = "stop retained", "終止コドン保持";
    Synonymous = "synonymous", "同義変異";
    CodingSequence = "coding, effect not determined", "コード領域（影響は未確定）";
    FivePrimeUtr = "5' untranslated region", "5′非翻訳領域";
    ThreePrimeUtr = "3' untranslated region", "3′非翻訳領域";
    NonCodingExon = "non-coding exon", "非コードエクソン";
    Intron = "intron", "イントロン";
    Upstream = "upstream of the gene", "遺伝子上流";
    Downstream = "downstream of the gene", "遺伝子下流";
    Intergenic = "between genes", "遺伝子間領域";
} }

labels! { ReasonCode {
    RuleMatched = "A driver rule of the chosen set matches", "選択した規則セットのドライバー規則に一致";
    ConsensusOfSets = "Vlasschaert 2023, or at least two other rule sets, call it a driver", "Vlasschaert 2023、または他の2つ以上の規則セットがドライバー変異と判定";
    OneSetOnly = "Only one of the other rule sets calls it a driver", "ドライバー変異と判定した他の規則セットは1つのみ";
    ConsensusLimit = "The consensus departs from the count of the rule sets here; the panel gives the reason", "規則セットの数によらないコンセンサス上の例外（理由はパネルに記載）";
    IpssmOnly = "Only this panel's own statement calls it a driver", "本パネル独自の規則のみがドライバー変異と判定";
    NoRuleMatched = "No driver rule matches", "一致するドライバー規則なし";
    RuleExcluded = "A rule would match, but its source excludes this change", "規則に該当するが、出典はこの変化を除外";
    RuleVafTooLow = "The rule asks for a higher VAF", "規則が求める変異アレル頻度に達しない";
    PlatformArtifact = "Listed as a recurrent artifact on another platform", "他の解析プラットフォームで反復性アーチファクトとして報告あり";
    ProteinChangeUnknown = "The protein change could not be determined", "タンパク質の変化を決定できず";
    VafBelowThreshold = "The variant allele frequency is below the threshold", "変異アレル頻度が閾値未満";
    VafUnknown = "The file holds neither read counts nor a fraction", "ファイルにリード数も頻度も記載なし";
    DepthBelowMinimum = "The depth is below the minimum", "深度が下限未満";
    AltBelowMinimum = "Too few fragments carry the variant", "変異を支持するリード数が不足";
    XLinkedThreshold = "X-linked gene in a male: the threshold for one X chromosome was applied", "男性のX連鎖遺伝子：X染色体1本に対する閾値を適用";
    SexUnknown = "X-linked gene and sex not given: the value lies between the thresholds for men and women", "X連鎖遺伝子で性別不明：値が男女の閾値の間にある";
    CallerFilter = "The variant caller itself filtered the record", "変異コーラー自身がこの変異を除外（FILTER）";
    CallerFilterGermline = "The variant caller's filter says germline", "変異コーラーのフィルターが生殖細胞系列と判定";
    CallerFilterArtifact = "The variant caller's filter says artifact", "変異コーラーのフィルターがアーチファクトと判定";
    GermlineVaf = "The variant allele frequency fits an inherited variant", "変異アレル頻度が生殖細胞系列バリアントに矛盾しない";
    PopulationFrequency = "Common in the population", "一般集団で頻度が高い";
    PopulationRescued = "Seen in the population, but a known driver: population databases hold clonal hematopoiesis too", "一般集団でも認めるが既知のドライバー変異（集団データベースにもクローン性造血が含まれるため）";
    InNormal = "Present in the matched normal", "対照正常検体にも存在";
    AbsentInNormal = "Absent from the matched normal", "対照正常検体には認めない";
    NormalNotAssessed = "The matched normal shows no depth at this place: whether it holds the variant is not assessed", "対照正常検体はこの位置の深度を示しておらず、変異の有無は未評価";
    GermlineWindow = "The variant allele frequency lies in the window that was set for inherited variants", "変異アレル頻度が生殖細胞系列として設定された範囲内";
    GermlineGene = "A gene with inherited predisposition: confirm in non-hematopoietic tissue", "遺伝性素因に関わる遺伝子：非造血組織での確認を要する";
    StrandBias = "The reads with the variant lie on the strands otherwise than those without", "変異リードの鎖の偏りが参照リードと異なる";
    BothStrands = "Too few reads with the variant on one of the strands", "片側の鎖の変異リード数が不足";
    OrientationBias = "The reads with the variant lie in the pair orientations otherwise than those without", "変異リードのペア方向の偏りが参照リードと異なる";
    BothOrientations = "Too few reads in one of the pair orientations", "一方のペア方向のリード数が不足";
    Homopolymer = "A change in a run of one base, with little evidence", "同一塩基の連続配列内の変化で、証拠が少ない";
    LowComplexity = "The neighboring sequence is of low complexity", "周辺配列の複雑度が低い";
    LongIndel = "A long insertion or deletion", "長い挿入・欠失";
    Multiallelic = "The sample holds several alternative alleles at this place", "同じ位置に複数の変異アレルが存在";
    Clustered = "Several calls of the sample lie close together", "近接した位置に複数の変異が集中";
    Recurrent = "Many other samples hold the allele: a recurrent artifact is suspected", "他の多くの検体にも認める（反復性アーチファクトの疑い）";
    RecurrentRescued = "Many other samples hold the allele, but it is a known somatic change", "他の多くの検体にも認めるが、既知の体細胞変異";
    HighVaf = "The variant allele frequency is at or above the value from which calls are reviewed", "変異アレル頻度が要確認の基準以上";
    ManyDrivers = "The sample has many drivers: look at its quality", "ドライバー変異が多い検体：検体の品質の確認を要する";
    LowBaseQuality = "Low base quality of the reads with the variant", "変異リードの塩基品質が低い";
    LowMappingQuality = "Low mapping quality of the reads with the variant", "変異リードのマッピング品質が低い";
    NoReadCounts = "The fraction came without read counts: no interval, no test of depth", "リード数の記載がない頻度のみの値：信頼区間と深度の判定なし";
    NumberingConverted = "The rule is stated on another transcript and was converted", "規則は別の転写産物の番号で記載されており、換算済み";
    DepthOnly = "Suggested by the depth of exons alone: to be confirmed by another method", "エクソン深度のみによる疑い：他の方法での確認が必要";
    EventImprecise = "The file gives the ends of the event only approximately, or contradicts itself", "ファイルの記載ではイベントの両端が不正確、または矛盾";
    OutsideJuxtamembrane = "Tandem duplication before the juxtamembrane domain, where hardly any internal tandem duplication lies", "傍膜貫通ドメインより上流の縦列重複（ITDとしてはまれな位置）";
    ReachesIntron = "Duplication that reaches into an intron: which of its bases splicing keeps, and in what frame, is not known", "イントロンに及ぶ重複：スプライシング後に残る塩基と読み枠は不明";
    OutOfFrame = "Reading frame lost behind the duplication, or a stop in it: as told it makes no active FLT3. Nearly all internal tandem duplications are in frame, bases between the copies counted: look at length and bases again, and for another change of the same molecule", "重複の後で読み枠がずれるか重複内に終止コドンがある：記載どおりなら活性型FLT3は生じない。ITDはコピー間の挿入塩基を含めほぼすべてインフレームのため、長さと塩基配列、同一分子上の他の変化を再確認する";
    LongInsertion = "Long insertion: reads that do not span it may have been counted as wild type, so fraction and ratio may be too low", "長い挿入：全体をまたがないリードが野生型に数えられた可能性があり、頻度と比が実際より低い可能性";
    DuplicateRecord = "The same variant stands in the file more than once", "同一の変異がファイル内に複数回記載";
    MergedMnv = "Changes on one molecule that stand apart in the file were read as one change", "ファイル内で別々に記載された同一分子上の変化を一つの変異として解釈";
    PartOfMnv = "Some of the molecules carry a neighboring change too: that combination is a call of its own", "一部の分子は隣接する変化も伴う（その組み合わせは別の変異として記載）";
    ReadsDisagree = "The sample's alignments show another fraction than the caller's counts", "検体のアラインメントから数え直した頻度がコーラーの計数と異なる";
    ReferenceMismatch = "REF of the record is not what the reference has there: the record cannot be right", "レコードのREFが参照配列と異なる（レコードの誤り）";
    UnphasedCodon = "Another change lies in the same codon, and whether on the same molecule is not known; read together they would be as stated", "同一コドンに別の変化があり、同一分子上か不明（併せた場合の変化を付記）";
} }

/// The labels of every type.
#[cfg(test)]
pub(super) fn all_labels() -> impl Iterator<Item = Phrase> {
    [
        CallStatus::ALL_LABELS,
        IpssmDecision::ALL_LABELS,
        InheritanceKind::ALL_LABELS,
        CloneBackground::ALL_LABELS,
        IpssmReason::ALL_LABELS,
        GeneBasis::ALL_LABELS,
        CytogeneticRisk::ALL_LABELS,
        IpssrCategory::ALL_LABELS,
        IpssrVariable::ALL_LABELS,
        IpssmComment::ALL_LABELS,
        ChrsGroup::ALL_LABELS,
        CcrsGroup::ALL_LABELS,
        ChrsFeature::ALL_LABELS,
        CcrsFeature::ALL_LABELS,
        GeneState::ALL_LABELS,
        GeneClass::ALL_LABELS,
        IpssmRole::ALL_LABELS,
        ChState::ALL_LABELS,
        CloneSize::ALL_LABELS,
        QualityVerdict::ALL_LABELS,
        QualityCode::ALL_LABELS,
        HotspotState::ALL_LABELS,
        Sex::ALL_LABELS,
        Region::ALL_LABELS,
        SequenceSource::ALL_LABELS,
        RuleSet::ALL_LABELS,
        RuleSetChoice::ALL_LABELS,
        RiskKind::ALL_LABELS,
        SoTerm::ALL_LABELS,
        ReasonCode::ALL_LABELS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_translated(phrase: Phrase) -> bool {
        !phrase.en.is_empty() && phrase.en.is_ascii() && !phrase.ja.is_ascii()
    }

    #[test]
    fn has_a_sentence_for_every_reason_status_and_term() {
        for code in ReasonCode::ALL {
            assert!(is_translated(code.label()), "{code:?}");
        }
        for status in CallStatus::ALL {
            assert!(is_translated(status.label()), "{status:?}");
        }
        for term in SoTerm::ALL {
            assert!(is_translated(term.label()), "{term:?}");
        }
    }

    #[test]
    fn says_each_reason_differently() {
        let mut japanese: Vec<_> = ReasonCode::ALL.iter().map(|code| code.label().ja).collect();
        let total = japanese.len();
        japanese.sort_unstable();
        japanese.dedup();
        assert_eq!(japanese.len(), total);
    }
}
