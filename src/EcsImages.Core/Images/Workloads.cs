namespace EcsImages.Core.Images;

/// <summary>The operating system for a workload. Source: ECS "Image overview", how to choose an operating system (rule 15).</summary>
internal static class Workloads
{
    private const string Windows = "Windows Server";
    private const string AlibabaCloudLinux = "Alibaba Cloud Linux";
    private const string Anolis = "Anolis OS";
    private const string Source = "ECS, Image overview: choosing an operating system (rule 15)";

    public static IReadOnlyList<Workload> All { get; } =
    [
        new()
        {
            Name = "Windows applications",
            Words = ["windows", "windows apps", "windows application", "dotnet framework", ".net framework", "active directory", "remote desktop", "rdp", "powershell"],
            OperatingSystems = [Windows],
            Reason = "Applications made for Windows run on Windows Server.",
            Source = Source,
        },
        new()
        {
            Name = "Enterprise web",
            Words = ["iis", "asp.net", "aspnet", "enterprise website", "corporate web", "sharepoint", "exchange"],
            OperatingSystems = [Windows],
            Reason = "Windows Server brings IIS, ASP.NET and what enterprise web applications integrate with.",
            Source = Source,
        },
        new()
        {
            Name = "SQL Server",
            Words = ["mssql", "ms sql", "microsoft sql server", "sqlserver"],
            OperatingSystems = [Windows],
            Reason = "SQL Server is at home on Windows Server.",
            Source = Source,
        },
        new()
        {
            Name = "File and print",
            Words = ["file server", "print server", "file share", "smb", "cifs", "printing", "file and print server"],
            OperatingSystems = [Windows],
            Reason = "Windows Server shares files and printers with Windows clients.",
            Source = Source,
        },
        new()
        {
            Name = "CentOS compatible",
            Words = ["replace centos", "from centos", "centos replacement", "centos migration", "centos alternative", "like centos", "rhel compatible", "rpm", "yum", "dnf", "cloud native", "containers", "container", "docker", "general purpose", "general", "web server", "nginx"],
            OperatingSystems = [AlibabaCloudLinux, Anolis],
            Reason = "Alibaba Cloud Linux runs what was made for CentOS, is tuned for the cloud, free, and supported by Alibaba Cloud.",
            Source = Source,
        },
        new()
        {
            Name = "Open source",
            Words = ["opensource", "open source software", "community", "foss", "anolis", "openanolis", "lamp"],
            OperatingSystems = [Anolis, AlibabaCloudLinux],
            Reason = "Anolis OS is the open distribution for open source software, governed by its community.",
            Source = Source,
        },
        new()
        {
            Name = "Red Hat support",
            Words = ["red hat", "redhat", "rhel", "red hat enterprise linux", "enterprise linux with support", "red hat certified"],
            OperatingSystems = ["Red Hat Enterprise Linux"],
            Reason = "Only Red Hat Enterprise Linux comes with the support of Red Hat; it carries a license fee.",
            Source = Source,
        },
        new()
        {
            Name = "Legacy CentOS",
            Words = ["centos", "legacy", "legacy linux", "centos 7"],
            OperatingSystems = ["CentOS"],
            Reason = "CentOS is no longer maintained; only what cannot be moved yet should run on it.",
            IsLegacy = true,
            Source = Source,
        },
    ];

    /// <summary>The workload that a person means; null if none is known by these words.</summary>
    public static Workload? Find(string said) => SaidWords.Find(All, said, static w => w.Name, static w => w.Words);
}
