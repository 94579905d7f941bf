# A golden image: built from a component, tested, brought to two regions and shared with another account, on the embedded endpoint.
# Run it with:  dotnet run --project src/EcsImages.Shell -- -File samples/golden-image.ps1
# On Alibaba Cloud the commands are the same, after Connect-EcsAccount -RegionId cn-hangzhou and with the id of a real account to share with; there they run inside a machine, which is billed while it is there.
# The embedded endpoint has no machine: it checks the commands, makes the image, distributes and shares it, and says so in the message.

$ErrorActionPreference = 'Stop'
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "ecs-$([guid]::NewGuid().ToString("N").Substring(0, 8))")
$null = [IO.Directory]::CreateDirectory($folder)
$local = [IO.Path]::Combine($folder, 'local')
$partner = Connect-EcsAccount -Local -Path $local -Account partner -RegionId cn-hangzhou
$null = Connect-EcsAccount -Local -Path $local -Account builder -RegionId cn-hangzhou

"== A component: what all images have in common. Said again, it is the next major version"
New-EcsImageComponent -Name baseline -Content @'
RUN apt-get update && \
  apt-get upgrade -y
RUN apt-get install -y chrony
'@ | Out-Host

"== A file that says what to build: from what, with the newest baseline, and then"
$file = [IO.Path]::Combine($folder, 'web.imagefile')
[IO.File]::WriteAllText($file, @"
FROM IMAGE_FAMILY:acs:ubuntu_24_04_x64
COMPONENT acs:ecs:cn-hangzhou:$((Get-EcsContext).AccountId):imagecomponent/baseline:*.*.*
RUN apt-get install -y nginx
"@)
$pipeline = @{
    Path                = $file
    TestContent         = 'RUN nginx -t'
    ImageName           = 'web'
    ImageFamily         = 'web'
    ImageTag            = @{ team = 'web' }
    DestinationRegionId = 'cn-hangzhou', 'cn-beijing'
    AccountId           = $partner.AccountId
}

"== What it would build, where that would go, and who would get it"
New-EcsImagePipeline @pipeline -WhatIf

"== The pipeline, and one run of it"
$web = New-EcsImagePipeline @pipeline
$web | Out-Host
$run = $web | Start-EcsImagePipeline -Wait
$run | Out-Host
$run.Stages | ForEach-Object { "  {0,-11} {1}" -f $_.Name, $_.State }
"  {0}" -f $run.Message.Replace("`n", "`n  ")

"== The image, in two regions, and with the other account"
Get-EcsImage -Name web_* -ImageType Custom -RegionId cn-hangzhou, cn-beijing | Out-Host
Get-EcsImage -Name web_* -ImageType Custom -RegionId cn-hangzhou, cn-beijing | ForEach-Object { "{0} in {1} is shared with {2}" -f $_.ImageId, $_.RegionId, ($_ | Get-EcsImageShare).AccountId }

"== No call modifies a pipeline: a changed one is made anew, and the old one removed. Its images stay"
$web | Remove-EcsImagePipeline -Confirm:$false
$changed = New-EcsImagePipeline @pipeline -InstanceType ecs.g7.large
"{0} takes the place of {1}" -f $changed.ImagePipelineId, $web.ImagePipelineId

Disconnect-EcsAccount -All | Out-Null
[IO.Directory]::Delete($folder, $true)
"Done."
